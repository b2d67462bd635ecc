BEGIN { stack(-1); stack("x"); }
