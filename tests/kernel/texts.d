/* Texts of data: JSON, addresses, paths, arguments; the state of locks. */
#pragma D option quiet
string j, e;
BEGIN
{
	j = "{ \"a\": [1, {\"b\": \"x\\\"y\"}, [true,null]], \"n\" : -1.5e3, \"s\":\"\", \"o\":{\"k\":{}} }"; e = "";
	printf("[%s] [%s] [%s] [%s]\n", json(j, "a[0]"), json(j, "a[1].b"), json(j, "a[2][1]"), json(j, "a[2]"));
	printf("[%s] [%s] [%s] [%s]\n", json(j, "n"), json(j, "s"), json(j, "o"), json(j, "o.k"));
	printf("%d %d %d %d %d\n", json(j, "z") == NULL, json(j, "a[3]") == NULL, json(j, "n.q") == NULL, json(e, "a") == NULL, json("{\"a\":", "a") == NULL);
	printf("[%s] [%s] [%s]\n", json("[7, 8]", "[1]"), json("{\"a.b\":1}", "a.b") == NULL ? "" : "some", json("{\"a\" 1}", "a") == NULL ? "" : "some");
	printf("%d %d\n", strtoll(json(j, "a[0]")) + 1, ipl);
}
BEGIN
{
	this->a = (char *)alloca(32);
	this->w = (uint32_t *)this->a;
	this->w[0] = htonl(0xc0a80a01);
	printf("%s %s\n", inet_ntoa(this->w), inet_ntop(2, this->w));
	this->w[0] = htonl(0xfe800000); this->w[1] = 0; this->w[2] = htonl(0x02144fff); this->w[3] = htonl(0xfe0b76c8);
	printf("%s %s\n", inet_ntop(10, this->w), inet_ntoa6((struct in6_addr *)this->w));
	this->w[0] = 0; this->w[2] = 0; this->w[3] = htonl(1);
	printf("%s\n", inet_ntop(10, this->w));
	this->w[3] = 0;
	printf("%s\n", inet_ntop(10, this->w));
	this->w[2] = htonl(0xffff); this->w[3] = htonl(0x7f000001);
	printf("%s %s\n", inet_ntop(10, this->w), inet_ntoa6((struct in6_addr *)this->w));
	this->w[0] = htonl(0x00010000); this->w[1] = htonl(0x00020003); this->w[2] = htonl(0x00040005); this->w[3] = htonl(0x00060007);
	printf("%s\n", inet_ntop(10, this->w));
	this->w[0] = htonl(0x525400ab); this->w[1] = htonl(0xcdef0000);
	printf("%s\n", link_ntop(1, this->w));
}
BEGIN { printf("%s\n", inet_ntop(3, this->w)); }
BEGIN { printf("%s\n", inet_ntoa((ipaddr_t *)16)); }
BEGIN { printf("%d\n", mutex_owned((struct mutex *)8)); }
ERROR { printf("fault %d\n", arg4); }
BEGIN
{
	printf("%s %d %d\n", root, index(cwd, "/"), strlen(cwd) > 1);
	printf("%d %d\n", index(execargs, "dtrun") >= 0, execargs == curpsinfo->pr_psargs);
	printf("%s\n", d_path(&curthread->mm->exe_file->f_path) == strjoin(strjoin(dirname(d_path(&curthread->mm->exe_file->f_path)), "/"), "dtrun") ? "dtrun" : d_path(&curthread->mm->exe_file->f_path));
	printf("%d %d\n", mutex_owned(&curthread->signal->cred_guard_mutex), mutex_owner(&curthread->signal->cred_guard_mutex) == NULL);
	printf("%d %d\n", mutex_type_adaptive(&curthread->signal->cred_guard_mutex), mutex_type_spin(&curthread->signal->cred_guard_mutex));
	this->l = (rwlock_t *)alloca(64);
	printf("%d %d %d\n", rw_iswriter(this->l), rw_read_held(this->l), rw_write_held(this->l));
	*(uint32_t *)this->l = 0xff;
	printf("%d %d %d\n", rw_iswriter(this->l), rw_read_held(this->l), rw_write_held(this->l));
	*(uint32_t *)this->l = 0x300;
	printf("%d %d %d\n", rw_iswriter(this->l), rw_read_held(this->l), rw_write_held(this->l));
	exit(0);
}
