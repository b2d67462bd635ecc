BEGIN { raise(9); stop(); chill(5); copyout(curthread, 5, 4); copyoutstr("a", 5, 3); system("ls %d", 1); system("date"); freopen("/tmp/x"); freopen("%s", "/tmp/x"); ftruncate(); panic(); exit(0); }
