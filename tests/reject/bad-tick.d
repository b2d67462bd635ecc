profile:::tick-5parsec { trace(1); }
