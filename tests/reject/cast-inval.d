BEGIN { trace((struct task_struct)curthread); }
BEGIN { trace((struct task_struct)1); }
BEGIN { trace((int)*curthread); }
BEGIN { trace((int)"abc"); }
BEGIN { trace((int)execname); }
BEGIN { trace((char [4])1); }
struct a { int x; };
struct a v;
struct b { int y; };
BEGIN { trace((struct b)v); }
