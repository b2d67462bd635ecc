BEGIN { trace(`cap_last_cap); }
BEGIN { `jiffies = 4; }
BEGIN { trace(``main); }
BEGIN { trace((string)`cap_last_cap); }
