/* An empty clause traces the probe. */
tick-200ms, tick-300ms { }
tick-500ms { }
tick-700ms { exit(0); }
