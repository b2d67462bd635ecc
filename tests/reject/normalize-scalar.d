BEGIN { @x = count(); normalize(@x, 0); }
