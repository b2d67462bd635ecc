BEGIN { ustack(0); }
BEGIN { ustack(-1); }
BEGIN { ustack(pid); }
BEGIN { jstack(0); }
