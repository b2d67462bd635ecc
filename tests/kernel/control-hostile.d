/* For control-hostile.sh, which speaks to this module itself. */
BEGIN { n = 0; }
fbt::vfs_read:entry { self->t = timestamp; n++; @reads[execname] = count(); printf("%d", n); }
fbt::vfs_read:return /self->t/ { @calls = count(); self->t = 0; }
tick-10ms { @ticks = count(); }
