/* Every member of psinfo_t, lwpsinfo_t, cpuinfo_t, fileinfo_t; process.sh compares them with /proc. */
#pragma D option quiet
syscall::chdir:entry
/pid == $target/
{
	printf("pid %d\nppid %d\npgid %d\nsid %d\n", curpsinfo->pr_pid, curpsinfo->pr_ppid, curpsinfo->pr_pgid, curpsinfo->pr_sid);
	printf("uids %d %d\ngids %d %d\n", curpsinfo->pr_uid, curpsinfo->pr_euid, curpsinfo->pr_gid, curpsinfo->pr_egid);
	printf("fname %s\npsargs %s\nnlwp %d\nwstat %d\n", curpsinfo->pr_fname, curpsinfo->pr_psargs, curpsinfo->pr_nlwp, curpsinfo->pr_wstat);
	printf("tty %d %d\n", getmajor(curpsinfo->pr_ttydev), getminor(curpsinfo->pr_ttydev));
	printf("stack %d\nargc %d\n", curpsinfo->pr_argv - 8, curpsinfo->pr_argc);
	printf("envp %d\n", (curpsinfo->pr_envp - curpsinfo->pr_argv) / 8);
	this->argv = (uint64_t *)copyin(curpsinfo->pr_argv, 8);
	printf("argv0 %s\n", copyinstr(*this->argv));
	printf("dmodel %d\nsize %d\nrss %d\n", curpsinfo->pr_dmodel == PR_MODEL_LP64, curpsinfo->pr_size, curpsinfo->pr_rssize);
	printf("start %d\n", curpsinfo->pr_start.tv_sec);
	printf("nothing %d %d %d %d\n", curpsinfo->pr_taskid, curpsinfo->pr_projid, curpsinfo->pr_poolid, curpsinfo->pr_zoneid);
	printf("addr %d %d\n", curpsinfo->pr_addr == (uintptr_t)curthread, curlwpsinfo->pr_addr == (uintptr_t)curthread);
	printf("lwp %d\nname %s\nnice %d\npri %d\n", curlwpsinfo->pr_lwpid, curlwpsinfo->pr_name, curlwpsinfo->pr_nice, curlwpsinfo->pr_pri);
	printf("state %d %c %d\n", curlwpsinfo->pr_state == SONPROC, curlwpsinfo->pr_sname, curlwpsinfo->pr_flag & (PR_STOPPED | PR_ASLEEP | PR_ISSYS));
	printf("syscall %d\nclname %s\n", curlwpsinfo->pr_syscall, curlwpsinfo->pr_clname);
	printf("wait %d %d\n", curlwpsinfo->pr_wchan, curlwpsinfo->pr_stype == SOBJ_NONE);
	printf("on %d %d\n", curlwpsinfo->pr_onpro == cpu, curlwpsinfo->pr_cpu == cpu);
	printf("bound %d %d\n", curlwpsinfo->pr_bindpro == cpu, curlwpsinfo->pr_bindpset);
	printf("parent %s %d %d\n", xlate <psinfo_t *> (curthread->real_parent)->pr_fname, xlate <psinfo_t *> (curthread->real_parent)->pr_argc,
	       xlate <lwpsinfo_t *> (curthread->real_parent)->pr_state == SSLEEP);
	printf("cpu %d %d %d %d\n", curcpu->cpu_id == cpu, curcpu->cpu_pset, chip, lgrp);
	printf("cwd %s\nroot %s\n", cwd, root);
	printf("file %s %s %s\n", fds[9].fi_name, fds[9].fi_dirname, fds[9].fi_pathname);
	printf("offset %d\nfs %s\nmount %s\n", fds[9].fi_offset, fds[9].fi_fs, fds[9].fi_mount);
	printf("mode %d\nflags %o\n", (fds[9].fi_oflags & O_ACCMODE) == O_RDWR, fds[9].fi_oflags & (O_APPEND | O_NONBLOCK | O_TRUNC));
	printf("none %s %s %d %s %d\n", fds[88].fi_name, fds[-1].fi_pathname, fds[1000000].fi_offset, fds[88].fi_mount, fds[88].fi_oflags);
	printf("pipe %s %s\n", fds[7].fi_name, fds[7].fi_fs);
	exit(0);
}
