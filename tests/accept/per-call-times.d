syscall:::entry /execname == "cat" && (probefunc == "read" || probefunc == "write")/ { @n[probefunc] = count(); self->start[probefunc] = timestamp; }
syscall:::return /self->start[probefunc]/ { @t[probefunc] = quantize(timestamp - self->start[probefunc]); self->start[probefunc] = 0; }
