/* A clause without braces, and an empty one, trace the probe. */
tick-200ms
tick-500ms { }
tick-700ms { exit(0); }
