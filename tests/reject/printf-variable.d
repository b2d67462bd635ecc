BEGIN { x = "%d"; printf(x, 5); }
