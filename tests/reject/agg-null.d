BEGIN { @a; }
BEGIN { @a[1]; }
BEGIN { count(); }
BEGIN { sum(1); }
