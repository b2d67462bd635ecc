/* inet_ntoa(), inet_ntoa6(), inet_ntop() on zeroed and filled memory. */
#pragma D option quiet
BEGIN
{
	this->p = (ipaddr_t *)alloca(4);
	printf("1 %s\n", inet_ntoa(this->p));
	*this->p = htonl(0x7f000001);
	printf("2 %s\n", inet_ntoa(this->p));
	*this->p = 0xffffffff;
	printf("3 %s\n", inet_ntoa(this->p));
}
BEGIN
{
	this->b = (uint8_t *)alloca(16);
	this->i = (struct in6_addr *)this->b;
	printf("4 %s\n", inet_ntoa6(this->i));
	this->b[15] = 1;
	printf("5 %s\n", inet_ntoa6(this->i));
	this->b[0] = 0xfe;
	this->b[1] = 0x80;
	printf("6 %s\n", inet_ntoa6(this->i));
	this->b[8] = 0x12;
	this->b[9] = 0x34;
	printf("7 %s\n", inet_ntoa6(this->i));
	printf("8 %s %s\n", inet_ntop(2, this->b), inet_ntop(10, this->b));
}
BEGIN
{
	this->b = (uint8_t *)alloca(16);
	this->i = (struct in6_addr *)this->b;
	this->b[10] = 0xff;
	this->b[11] = 0xff;
	this->b[12] = 127;
	this->b[15] = 1;
	printf("9 %s %s\n", inet_ntoa6(this->i), inet_ntop(10, this->b));
	printf("9 %s %s\n", inet_ntoa6(this->i, 0), inet_ntoa6(this->i, 1));
	this->b[10] = this->b[11] = 0;
	printf("10 %s\n", inet_ntoa6(this->i));
	this->b[12] = this->b[15] = 0;
	this->b[0] = 0x20;
	this->b[1] = 1;
	this->b[5] = this->b[9] = this->b[13] = 8;
	printf("11 %s\n", inet_ntoa6(this->i));
	exit(0);
}
