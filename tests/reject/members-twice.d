struct s { int a; int a; };
enum e { A, A };
enum f { A };
enum g { pid, strlen };
BEGIN { }
