/* trunc(): largest, smallest, more than there are, ties, of distributions; printa() of what is empty. */
#pragma D option quiet
BEGIN
{
	@a["a"] = sum(1); @a["b"] = sum(2); @a["c"] = sum(2); @a["d"] = sum(3); @b["a"] = sum(1); @b["b"] = sum(2); @b["c"] = sum(2); @b["d"] = sum(3);
	@q["lo"] = quantize(1); @q["hi"] = quantize(100); @q["mid"] = quantize(10); @n = count(); @neg["x"] = sum(-5); @neg["y"] = sum(-1); @neg["z"] = sum(0);
	trunc(@a, 2); printa("%s %@d\n", @a); trunc(@b, -2); printa("%s %@d\n", @b);
	trunc(@q, 2); printa(@q); trunc(@q, -1); printa(@q);
	trunc(@neg, 1); printa("%s %@d\n", @neg); trunc(@n); printf("["); printa(@n); printf("]["); printa("%@d", @n); printf("]\n");
	trunc(@a, 50); printa("%s %@d\n", @a);
	@a["new"] = sum(9); printa("%s %@d\n", @a);
	exit(0);
}
BEGIN { printf("never\n"); }
END { @a["end"] = sum(1); @n = count(); trunc(@a, 1); printa("%s %@d\n", @a); printa("%@d\n", @n); }
