self int depth; this string path; string names[int, string]; uint64_t times[pid_t, string];
syscall::openat:entry { self->depth++; this->path = copyinstr(arg1); names[pid, this->path] = execname; times[pid, execname] = timestamp; }
syscall::openat:return /self->depth/ { self->depth = 0; printf("%s %d", probefunc, (int)arg0); }
