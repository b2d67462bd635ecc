int string x;
uint32_t string y;
BEGIN { }
