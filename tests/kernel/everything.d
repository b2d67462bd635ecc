/* All functions of the kernel at once. @run: -c 'dd if=/dev/zero of=/dev/null bs=1 count=500 status=none' @deadline: 300 */
#pragma D option quiet
fbt:::entry { @[probefunc] = count(); }
fbt:::entry /pid == $target && probefunc == "vfs_read" && arg2 == 1/ { @exact["vfs_read"] = count(); }
