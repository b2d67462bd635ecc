/* All tracepoints at once, told apart; those of a module by name. @run: -c 'dd if=/etc/passwd of=/dev/null bs=1 count=200 status=none' @deadline: 300 */
#pragma D option quiet
sdt::: { @[probemod, probename] = count(); }
sdt:9p:: { @[probemod, probename] = count(); }
sdt:9p::9p_client_req { @requests = count(); }
END { printa("%s %s %@d\n", @); printa("requests %@d\n", @requests); }
