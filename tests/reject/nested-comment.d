/* one /* two */
BEGIN { trace(1); /* all of /dev/* here */ trace(2); }
