BEGIN { printa(1); printa("%d\n"); printa("%@d\n", @never[1]); }
