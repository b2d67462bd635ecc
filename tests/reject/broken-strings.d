BEGIN { printf("hello
world"); trace(1); }
BEGIN { x = 'a
'; }
