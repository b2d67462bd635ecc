/* A failing call: errno on return. @run: -c 'cat /no/such/file' @status: 0 */
#pragma D option quiet
syscall::openat:entry /pid == $target && copyinstr(arg1) == "/no/such/file"/ { self->x = 1; }
syscall::openat:return /self->x/ { printf("errno %d\n", errno); self->x = 0; }
