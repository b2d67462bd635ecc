BEGIN { trace("a" * 2); trace(-"x"); s = "a"; s += "b"; s++; }
