BEGIN { @a = count(); trace(@a); }
BEGIN { trace(count()); }
