BEGIN { a["x"] = "y"; b[1] = a["x"]; self->c["z", 1] = a["x"]; trace(self->c["z", 1] == "y"); d[execname, pid] = curthread; trace(d[execname, pid]->pid); exit(0); }
