/* The line of a fault: characters of several bytes, tabs, control characters, a long line, one that ends with a carriage return. */
#pragma D option quiet
int n, z;
BEGIN { s = "héllo über"; x = 1 / z; }
BEGIN {	s = "ab";	x = 1 / z; }
BEGIN { n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; x = 1 / z; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; n = 1; }
BEGIN { x = 1 / z; }
BEGIN { exit(0); }
