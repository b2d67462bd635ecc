BEGIN { i = 0; } tick-10ms /i++ < 5/ { trace(i); } tick-10ms /i >= 5/ { exit(0); }
