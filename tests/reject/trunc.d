BEGIN { trunc(); clear(1); normalize(@a, 0); trunc(@never); }
