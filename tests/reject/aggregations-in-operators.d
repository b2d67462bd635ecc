BEGIN { @a = count(); x = 0; }
BEGIN { y = @a; x += @a; x *= @a; x |= @a; }
BEGIN { z = (1, @a); w = pid ? @a : @a; (@a = count()) = count(); }
BEGIN { trace(@never); printa(@aa); }
