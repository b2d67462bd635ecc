BEGIN { curthread->pid = 1; curthread->comm = "a"; `jiffies++; *(int *)1 = 2; }
BEGIN { curthread->mm->exe_file->f_flags |= 1; (*curthread).pid = 3; }
