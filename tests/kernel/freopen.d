/* Output goes to a file, is cut, comes back; an option that changes on the way. */
#pragma D option quiet
#pragma D option destructive

BEGIN { freopen("/tmp/dtc-freopen.%d", 7); printf("cut\n"); }
BEGIN { ftruncate(); printf("in the file\n"); freopen(""); printf("back\n"); system("cat /tmp/dtc-freopen.%s", "7"); }
BEGIN { @["a"] = count(); @["b"] = count(); @["b"] = count(); }
BEGIN { printa("%s\n", @); setopt("aggsortrev"); printa("%s\n", @); setopt("aggsortrev", "unset"); printa("%s\n", @); exit(0); }
