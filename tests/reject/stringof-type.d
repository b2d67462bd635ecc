BEGIN { trace(stringof(*curthread)); }
BEGIN { @a = count(); trace(stringof(@a)); }
