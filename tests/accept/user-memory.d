syscall:::entry { trace(copyinstr(arg0)); trace(copyinstr(arg0, 5)); trace(*(int *)copyin(arg0, 4)); this->b = (struct timespec64 *)copyin(arg0, sizeof(struct timespec64)); trace(this->b->tv_sec); }
