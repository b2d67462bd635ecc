BEGIN { arg0 ? printf("one") : trace(2); }
BEGIN { this->x = arg0 ? exit(0) : 3; }
