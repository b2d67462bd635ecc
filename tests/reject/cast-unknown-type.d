BEGIN { trace((nosuch_t)5); x = (nosuch_t *)arg0; }
BEGIN { trace(offsetof(task_struct, pid)); y = (arg0 * ); }
