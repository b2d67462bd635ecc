int x; BEGIN { x = 'a' + 1; x = 'ab'; trace(x == 'ba'); x = '\\'; x = '"'; x = '\''; x = '\t'; x = '\0'; exit(0); }
