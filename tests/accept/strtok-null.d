dtrace:::BEGIN
{
	self->str = "a,b,c";
	this->tok = strtok(self->str, ",");
	printf("%s\n", this->tok == NULL ? "none" : this->tok);
	this->tok = strtok(NULL, ",");
	exit(this->tok != NULL ? 0 : 1);
}
