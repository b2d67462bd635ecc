/* vtimestamp is time on CPU: a second asleep is not in it. @run: -c 'sleep 1' */
#pragma D option quiet
syscall::clock_nanosleep:entry /pid == $target/ { self->v = vtimestamp; self->t = timestamp; }
syscall::clock_nanosleep:return /self->t/
{
	printf("wall %d cpu %d\n", timestamp - self->t > 900000000, vtimestamp - self->v < 200000000);
	self->t = 0;
}
