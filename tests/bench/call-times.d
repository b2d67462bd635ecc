syscall:::entry { self->t = timestamp; } syscall:::return /self->t/ { @[probefunc] = sum(timestamp - self->t); self->t = 0; }
