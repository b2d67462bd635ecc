int x; int x; self int y; self int y; struct s { int a; }; struct s *p; struct s *p; extern int x;
BEGIN { exit(0); }
