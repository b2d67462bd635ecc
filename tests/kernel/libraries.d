/* Names from the libraries: constants, curpsinfo, curlwpsinfo, curcpu. */
#pragma D option quiet
BEGIN
{
	this->p = curthread;
	printf("%d %d %d %d\n", ENOENT, SIGKILL, DTRACEFLT_DIVZERO, EAGAIN == EWOULDBLOCK);
	printf("%d %d\n", strchr("abc", 'z') == NULL, this->p != NULL);
	printf("%d %d %d %d\n", curpsinfo->pr_pid == pid, curpsinfo->pr_ppid == ppid, curpsinfo->pr_uid == uid, curpsinfo->pr_gid == gid);
	printf("%d %s %d\n", curpsinfo->pr_fname == execname, curpsinfo->pr_fname, curpsinfo->pr_dmodel == PR_MODEL_LP64);
	printf("%d %d %d\n", curpsinfo->pr_addr == (uintptr_t)curthread, curpsinfo->pr_nlwp >= 1, curpsinfo->pr_size > 100);
	printf("%d %d\n", curpsinfo->pr_pgid == $pgid, curpsinfo->pr_sid == $sid);
	printf("%d %c %d %d %d\n", curlwpsinfo->pr_lwpid == tid, curlwpsinfo->pr_sname, curlwpsinfo->pr_nice, curlwpsinfo->pr_pri, curlwpsinfo->pr_onpro == cpu);
	printf("%d %d\n", curlwpsinfo->pr_state == SONPROC, curlwpsinfo->pr_name == execname);
	printf("%d %d\n", curcpu->cpu_id == cpu, curcpu->cpu_pset);
	printf("%d %d %d %d\n", AF_INET, AF_INET6, ARPHRD_ETHER, ARPHRD_INFINIBAND);
	this->x = xlate <psinfo_t *> (curthread->real_parent)->pr_pid;
	printf("%d\n", this->x == ppid);
	exit(0);
}
