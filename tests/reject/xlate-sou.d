translator int < struct task_struct *v > { x = 1; };
BEGIN { trace(xlate <int> (1)); }
