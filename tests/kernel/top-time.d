/* Time in system calls and on CPU of one program. @run: -c 'sh -c "top -b -n 2 -d 0.2 >/dev/null"' @deadline: 200 */
#pragma D option quiet
syscall:::entry /execname == "top"/ { self->ts = vtimestamp; }
syscall:::return /self->ts/
{
	@[probefunc] = sum(vtimestamp - self->ts);
	@["- all syscalls -"] = sum(vtimestamp - self->ts);
	self->ts = 0;
}
fbt::finish_task_switch*:entry /execname == "top"/ { self->on = timestamp; }
fbt::psi_task_switch:entry /self->on/ { @["- total -"] = sum(timestamp - self->on); self->on = 0; }
