signed char a; unsigned char b; short int c; unsigned short int d; long int e; long long int f; unsigned long long g; signed h; unsigned i; int long unsigned j; long unsigned int long k;
BEGIN { a = -1; b = 255; trace(a); trace(b); trace(sizeof(k)); exit(0); }
