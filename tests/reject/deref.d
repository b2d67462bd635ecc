BEGIN { trace(*5); trace(&pid); }
