BEGIN { clear(@foo[1]); }
BEGIN { clear(@never["a", 2]); }
