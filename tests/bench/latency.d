fbt::vfs_read:entry { self->t = timestamp; } fbt::vfs_read:return /self->t/ { @ = quantize(timestamp - self->t); self->t = 0; }
