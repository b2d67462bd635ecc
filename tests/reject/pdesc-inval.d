a:b:c:d:e { trace(1); }
4000000000 { trace(1); }
