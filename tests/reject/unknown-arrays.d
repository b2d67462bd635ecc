BEGIN { x = never[1]; }
BEGIN { a = 1; a[1] = 2; a[1, 2] = 3; trace(pid[1]); }
BEGIN { y = this->never[1]; z = self->never[1]; }
BEGIN { w = nomodule`jiffies; }
