/* What is said of each program, of permission and of a process that ended, in this order. @options: -P dtrace -n END @run: -w -c true */
dtrace:::BEGIN, dtrace:::END { x = pid; }
END { y = 1; }
