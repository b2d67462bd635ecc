union { int i; unsigned char c[4]; } u;
BEGIN { u.i = 0x01020304; trace(u.c[0]); u.c[3] = 0xff; trace(u.i); exit(0); }
