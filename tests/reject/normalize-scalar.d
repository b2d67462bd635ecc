BEGIN { @x = count(); normalize(@x, "a"); }
BEGIN { @x = count(); normalize(@x, *curthread); }
