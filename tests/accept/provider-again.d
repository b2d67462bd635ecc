provider foo { probe a(int x); }; provider foo { probe a(int x); }; BEGIN { exit(0); }
