provider foo { probe a(int x) : (struct task_struct *x); };
