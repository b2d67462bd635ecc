/* The default output: the header, then CPU, id and function:name before each record. */
BEGIN { trace(1); trace("two"); trace((char)3); trace((short)4); trace((long long)5); exit(0); }
