/* $1 as a number, $$1 as a string, missing ones under defaultargs; other macros. @args: 42 hello "a b" 0x1f -7 */
#pragma D option quiet
#pragma D option defaultargs
BEGIN { printf("%d %s %s %x %d [%s] %d\n", $1, $$2, $$3, $4, $5, $$6, $7); printf("%s %s\n", $$1, $$4); printf("%d %d %d\n", $pid > 0, $uid, $euid); printf("%d %d %d %d\n", $ppid > 0, $pgid >= 0, $sid >= 0, $gid); printf("%d\n", $target); exit(0); }
