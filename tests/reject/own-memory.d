BEGIN { *(void *)arg0 = 1; }
BEGIN { tracemem(curthread, pid); }
