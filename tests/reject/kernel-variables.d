BEGIN { trace(`no_type_is_known_of_this); }
BEGIN { `jiffies = 4; }
BEGIN { trace(``main); }
BEGIN { trace((string)`no_type_is_known_of_this); }
