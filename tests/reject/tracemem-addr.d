BEGIN { tracemem("a", 5); }
BEGIN { tracemem(*curthread, 5); }
