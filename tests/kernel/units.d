/* Every unit of time that profile and tick know. */
#pragma D option quiet
tick-500000000ns { @["ns"] = count(); } tick-500000us { @["us"] = count(); } tick-500ms { @["ms"] = count(); }
tick-1s { @["s"] = count(); } tick-1sec { @["sec"] = count(); } tick-2hz { @["hz"] = count(); } tick-2 { @["bare"] = count(); }
tick-1m { @["m"] = count(); } tick-1h { @["h"] = count(); } tick-1d { @["d"] = count(); } profile-1min { @["min"] = count(); }
tick-2500ms { exit(0); }
END { printa("%s %@d\n", @); }
