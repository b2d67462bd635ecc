BEGIN { trace(PID); exit(0); }
