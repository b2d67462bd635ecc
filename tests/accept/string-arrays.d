string b2[string];
BEGIN { trace("x" != b2["z"]); exit(0); }
