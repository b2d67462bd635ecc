/* profile on every CPU, tick on one, at their rates; stack() from an interrupt. */
#pragma D option quiet
profile-100 { @["profile", cpu] = count(); @s[stack()] = count(); }
tick-100ms { ticks++; }
tick-1s { printf("ticks %d\n", ticks > 5 && ticks < 12); exit(0); }
