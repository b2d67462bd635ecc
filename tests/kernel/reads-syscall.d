/* Counts what dd does exactly: a thousand one-byte reads. @run: -c 'dd if=/dev/zero of=/dev/null bs=1 count=1000 status=none' */
#pragma D option quiet
syscall::read:entry /pid == $target && arg2 == 1/ { @reads = count(); self->in = 1; }
syscall::read:return /self->in && arg1 == 1/ { @returns = count(); self->in = 0; }
syscall::write:entry /pid == $target && arg2 == 1/ { @writes[execname, probefunc] = count(); }
