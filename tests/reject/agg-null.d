BEGIN { @a = count(); @a; }
BEGIN { @a[1]; }
