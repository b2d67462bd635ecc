dtrace:::ERROR { printf("%d %d %d %d %x", arg1, arg2, arg3, arg4, arg5); trace(arg4 == DTRACEFLT_BADADDR); }
BEGIN { *(char *)0; exit(0); }
