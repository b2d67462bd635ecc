/* @options: -Z */
nosuch:::probe { trace(arg0); }
BEGIN { exit(0); }
