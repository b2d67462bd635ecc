BEGIN { @a[1] = count(); @a["x"] = count(); @a[1, 2] = count(); }
