BEGIN { trace(1 ? "a" : "b"); trace((char)'a'); trace((uint8_t)-1); trace(-1 >> 1); trace((unsigned)-1 >> 1); trace(1 << 63); trace(0x8000000000000000); trace(-5 / 2); trace(-5 % 3); exit(0); }
