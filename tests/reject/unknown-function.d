BEGIN { trace(strln("abc")); }
