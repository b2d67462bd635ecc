/* A million records arrive, or those that did not are counted to the last. @run: -c 'dd if=/dev/zero of=/dev/null bs=1 count=1000000 status=none' @deadline: 400 */
#pragma D option quiet
fbt::vfs_read:entry /execname == "dd" && arg2 == 1/ { printf("%d %d\n", pid, arg2); }
