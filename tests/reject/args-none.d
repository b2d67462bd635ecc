inline int f = args[0];
