1 { trace(1); } 2 { }
