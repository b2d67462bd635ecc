/* @options: -Z */
nosuch:::x { trace(arg0); trace(args[0]); }
