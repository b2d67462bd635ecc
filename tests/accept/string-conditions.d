BEGIN { trace("a" < "b" ? "yes" : "no"); s = pid == 1 ? execname : "x"; trace(s == "x" && s != "y" || s >= "a"); s = 0; exit(0); }
