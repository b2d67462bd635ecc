#!/usr/sbin/dtrace -s
#!again
BEGIN { trace(1); }
#!/usr/sbin/dtrace -qs
