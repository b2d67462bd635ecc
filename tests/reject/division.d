BEGIN { trace(1 / 0); trace(5 % 0); }
