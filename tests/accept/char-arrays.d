char buf[16]; self char sbuf[16];
BEGIN { buf = "hello"; trace(buf); trace(buf[0]); buf[1] = 'a'; trace(stringof(buf)); trace(strlen(buf)); printf("%s", buf); trace(buf == "hallo"); self->sbuf = buf; exit(0); }
