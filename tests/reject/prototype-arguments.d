BEGIN { stack("x"); ustack("a"); jstack(5, "a"); tracemem(curthread, "a"); @x = count(); normalize(@x, "a"); trunc(@x, @x); }
