BEGIN { trace($1); trace($nosuch); }
