/* Arrays of characters as text where they are text, bytes otherwise; as keys. */
#pragma D option quiet
char c[4]; char d[6]; char e[3]; unsigned char u[3]; short sh[3]; int in2[2];
BEGIN { c[0]='a'; c[1]='b'; d[0]='x'; d[1]='\n'; e[0]='1'; e[1]='2'; e[2]='3'; u[0] = 65; u[1]=200; sh[0]=1;
 printf("[%s][%s][%s]\n", c, d, e); trace(c); trace(e); trace(u); trace(sh); trace(in2); printf("[%S][%S]\n", c, e); printf("[%s]\n", stringof(c)); printf("[%10s][%-10s]\n", c, c); @[c] = count(); @e[e] = count(); exit(0); }
