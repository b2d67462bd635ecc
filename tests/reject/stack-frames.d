BEGIN { stack(-1); stack(0); stack(pid); }
