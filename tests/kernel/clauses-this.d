/* this-> variables live from clause to clause of one firing; exit() skips the clauses after it. */
#pragma D option quiet
this int c; 
BEGIN { this->c = 1; printf("1 %d\n", this->c++); }
BEGIN /this->c == 2/ { printf("2 %d\n", this->c); this->c = 10; }
BEGIN { printf("3 %d\n", this->c); }
dtrace:::BEGIN, dtrace:::END { printf("4 %s\n", probename); }
BEGIN { exit(0); }
BEGIN { printf("never\n"); }
END { printf("5 %d\n", this->c); }
END /0/ { printf("never\n"); }
