BEGIN { printf(""); }
BEGIN { @a = count(); printa("", @a); }
