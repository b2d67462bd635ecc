BEGIN { trace(sizeof(task_struct)); }
