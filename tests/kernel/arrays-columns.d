/* The same in columns. */
#pragma D option cpu=0
char c[4]; char d[6]; char e[3]; unsigned char u[3]; short sh[3]; int in2[2];
BEGIN { c[0]='a'; c[1]='b'; d[0]='x'; d[1]='\n'; e[0]='1'; e[1]='2'; e[2]='3'; u[0] = 65; u[1]=200; sh[0]=1;
  trace(c); trace(e); trace(u); trace(sh); trace(in2);    @[c] = count(); @e[e] = count(); exit(0); }
