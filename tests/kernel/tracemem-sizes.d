/* tracemem(): its dump, and the size that is known when it runs. */
#pragma D option cpu=0
BEGIN
{
	x = 3;
	tracemem(&`linux_banner, 20); tracemem(&`linux_banner, 20, 5); tracemem(&`linux_banner, 20, 100);
	tracemem(&`linux_banner, 20, -1); tracemem(&`linux_banner, 1); tracemem(&`linux_banner, 32, x); tracemem(&`linux_banner, 16);
	exit(0);
}
