profile-97 { } tick-1s { exit(0); } profile:::tick-100ms { } profile:::profile-1000hz { } tick-5 { } tick-1min { }
