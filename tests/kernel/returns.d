/* A return glob over some 500 functions. @run: -c 'dd if=/dev/zero of=/dev/null bs=1 count=300 status=none' @deadline: 300 */
#pragma D option quiet
fbt::vfs_*:return, fbt::ext4_*:return, fbt::tcp_*:return, fbt::blk_*:return { @[probefunc] = count(); }
fbt::vfs_read:return /pid == $target && arg1 == 1 && arg0 == -1/ { @exact["vfs_read"] = count(); }
