/* aggpercpu: each CPU's value after that of all, on lines of their own; where a format is given, none. */
#pragma D option quiet
#pragma D option aggpercpu
profile-50 { @most["x"] = max(cpu + 5); @least["x"] = min(cpu + 5); @stddev = stddev(7 * cpu + 1); @gone = sum(1); @q = quantize(0); }
tick-2s { exit(0); }
END { printa("%s %@d\n", @most); printa(@most, @least); normalize(@most, 5); printa(@most); trunc(@stddev); clear(@gone); normalize(@q, 1000000); }
