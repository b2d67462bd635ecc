typedef struct { int a; } out_t; translator out_t < int i > { a = i + 1; };
BEGIN { trace(xlate <out_t> (5).a); trace((xlate <out_t> (5)).a); exit(0); }
