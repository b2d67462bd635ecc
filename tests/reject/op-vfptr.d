void *p;
BEGIN { p++; }
void *p;
BEGIN { --p; }
