/* The forms that DTrace's users write every day. */
syscall:::entry { @a[execname] = count(); }
syscall::read:entry, syscall::write:entry { @b[execname, probefunc] = quantize(arg2); }
profile-997 /arg0/ { @c[stack()] = count(); }
profile:::tick-1sec { printa(@a); clear(@a); }
fbt::vfs_*:entry { @d[probefunc] = count(); }
fbt::vfs_read:entry { self->ts = timestamp; }
fbt::vfs_read:return /self->ts/ { @time = quantize(timestamp - self->ts); self->ts = 0; }
syscall::open*:entry { printf("%s %s", execname, copyinstr(arg1)); }
dtrace:::END { printa("%s %@d\n", @a); }
