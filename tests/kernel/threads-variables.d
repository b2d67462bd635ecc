/* Thread-local scalars, strings and arrays of a program. @run: -c "sh -c 'true; true'" */
#pragma D option quiet
syscall::execve:entry, syscall::exit_group:entry, syscall::wait4:entry, syscall::clone:return { self->n++; @n[probefunc != ""] = count(); }
syscall::exit_group:entry /pid == $target/ { printf("%d\n", self->n > 0); self->s = "str"; self->a[1, "x"] = 3; printf("%s %d %d\n", self->s, self->a[1, "x"], self->a[2, "x"]); self->s = 0; printf("[%s]\n", self->s); self->st = timestamp; printf("%d\n", timestamp - self->st); }
