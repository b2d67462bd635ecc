/* variables that only the actions assign, or only the predicate */
BEGIN /self->seen == 0/ { self->seen = 1; }
tick-1s /!last || last != pid/ { last = pid; }
tick-2s /n == 0/ { trace(n++); }
tick-3s /ticks++ < 5/ { trace(ticks); }
tick-4s /first[execname] == 0/ { first[execname] = timestamp; }
