BEGIN { @a = 5; x = count(); }
