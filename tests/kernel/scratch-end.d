/* A string whose end was overwritten ends with scratch memory. */
#pragma D option quiet
this char *p; this string s; self struct { int a; } z;
BEGIN
{
	this->p = (char *)alloca(8); this->t = strjoin("ab", "cd"); 
	this->p[8] = 'x'; this->p[9] = 'y';
	printf("%d\n", strlen(this->t) >= 4);
}
BEGIN { self->z.a = 3; this->q = &self->z; this->q[1].a = 3; printf("never\n"); }
BEGIN { exit(0); }
