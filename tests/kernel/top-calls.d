/* The second seed of the project: system calls of a real top, counted. @run: -c 'sh -c "top -b -n 2 -d 0.2 >/dev/null"' @deadline: 200 */
syscall:::entry /execname == "top"/ { @[probefunc] = count(); }
