BEGIN { ustack(5, -1); }
BEGIN { ustack(5, pid); }
BEGIN { jstack(5, -2); }
