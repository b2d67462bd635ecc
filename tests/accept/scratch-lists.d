struct item { struct item *next; int v; };
BEGIN
{
	this->p = (struct item *)alloca(sizeof (struct item));
	this->q = (struct item *)alloca(sizeof (struct item));
	this->p->next = this->q;
	this->q->v = 7;
	this->p = this->p->next;
	this->p = NULL;
	exit(0);
}
