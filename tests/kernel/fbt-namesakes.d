/*
 * Two functions are called uevent_store; the buffer is the third argument of one and the second of the other. What copies that
 * the compiler made return has its type.
 * @run: -c 'sh -c "echo -n change >/sys/devices/virtual/mem/null/uevent; echo -n add >/sys/bus/platform/drivers/alarmtimer/uevent; exec /no/such"'
 */
#pragma D option quiet
fbt::uevent_store:entry
/execname == "sh"/
{
	self->from = probefunc;
	printf("%s with %d: %.6s\n", probefunc, $count, stringof($buf));
}
fbt::uevent_store:return
/self->from != NULL/
{
	printf("%s gives %d of %d bytes\n", self->from, args[1], sizeof($return));
}
fbt::do_execveat_common.isra.0:return
/execname == "sh" && $return < 0/
{
	printf("%d %d\n", $return, args[1] == arg1);
}
