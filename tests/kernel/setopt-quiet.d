/* setopt() of quiet, flowindent, stackindent, printsize, rawbytes while the script runs: what follows is printed so. */
#pragma D option quiet
#pragma D option cpu=0
struct s { int a; int b; int c; } g;
BEGIN { printf("quiet\n"); setopt("quiet", "off"); }
BEGIN { trace(1); }
BEGIN { setopt("quiet"); }
BEGIN { trace(2); printf("\n"); print(g); setopt("printsize", "8"); print(g); setopt("rawbytes"); g.a = 7; trace(g); setopt("rawbytes", "unset"); trace("ab"); printf("\n"); }
BEGIN { setopt("aggsortrev", "yes"); @[1] = sum(1); @[2] = sum(2); printa(@); setopt("aggsortrev", "no"); printa(@); exit(0); }
