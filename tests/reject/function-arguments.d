BEGIN { trace(substr("abc")); trace(strlen(1)); }
