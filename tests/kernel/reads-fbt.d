/* The same by function: entry alone, return alone, and both of one function. @run: -c 'dd if=/dev/zero of=/dev/null bs=1 count=1000 status=none' */
#pragma D option quiet
fbt::vfs_read:entry /pid == $target && arg2 == 1/ { @["entry"] = count(); self->ts = timestamp; }
fbt::vfs_read:return /self->ts/ { @r[probefunc, arg1] = count(); @t = min(timestamp - self->ts > 0); self->ts = 0; }
fbt::vfs_write:return /pid == $target && arg1 == 1/ { @["write return"] = count(); }
fbt::rw_verify_area:entry /pid == $target && arg3 == 1/ { @["verify"] = count(); }
