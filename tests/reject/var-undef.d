BEGIN { trace(self->x); }
BEGIN { trace(this->x); }
BEGIN /self->x3/ { exit(0); }
BEGIN { trace(self->x4[1]); }
