BEGIN { if (pid == 0) { trace(1); } else if (pid == 1) trace(2); else { trace(3); } if (1) ; exit(0) }
