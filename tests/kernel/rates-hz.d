/* Units of tick and profile: what each fires how often in a third of a second. */
#pragma D option quiet
#pragma D option cpu=0
tick-20ms { @n["tick-20ms"] = count(); }
tick-50hz { @n["tick-50hz"] = count(); }
tick-20000us { @n["tick-20000us"] = count(); }
tick-20000000nsec { @n["tick-nsec"] = count(); }
profile-20msec { @n["profile"] = count(); }
tick-1s { exit(0); }
END { printa(@n); }
