/* %k: a width to the left indents and does not pad; to the right it pads; a precision cuts each frame. @run: -c sync */
#pragma D option quiet
fbt::ksys_sync:entry
{
	printf("[%-30k]", stack(1)); printf("[%30k]", stack(1)); printf("[%*k]", -3, stack(1)); printf("[%.5k]\n", stack(1));
	@[stack(1)] = count();
	exit(0);
}
END { printa("%-30k|%@d\n", @); }
