/* SPDX-License-Identifier: GPL-2.0 */
/* Processes and threads, from the kernel's structure of a thread. */
inline char PR_MODEL_ILP32 = 1;
inline char PR_MODEL_LP64 = 2;

typedef struct psinfo {
	int pr_nlwp;
	pid_t pr_pid;
	pid_t pr_ppid;
	pid_t pr_pgid;
	pid_t pr_sid;
	uid_t pr_uid;
	uid_t pr_euid;
	gid_t pr_gid;
	gid_t pr_egid;
	uintptr_t pr_addr;
	string pr_fname;
	string pr_psargs;
	int pr_wstat;
	char pr_dmodel;
	uint64_t pr_start;	/* nanoseconds since the system started */
	size_t pr_size;		/* KB */
	projid_t pr_projid;
	zoneid_t pr_zoneid;
} psinfo_t;

translator psinfo_t < struct task_struct *T > {
	pr_nlwp = T->signal->nr_threads;
	pr_pid = T->tgid;
	pr_ppid = T->real_parent->tgid;
	pr_pgid = T->signal->pids[2]->numbers[0].nr;
	pr_sid = T->signal->pids[3]->numbers[0].nr;
	pr_uid = T->cred->uid.val;
	pr_euid = T->cred->euid.val;
	pr_gid = T->cred->gid.val;
	pr_egid = T->cred->egid.val;
	pr_addr = (uintptr_t)T;
	pr_fname = T->comm;
	pr_psargs = T == curthread ? execargs : stringof(T->comm);	/* others' memory is out of reach */
	pr_wstat = T->exit_code;
	pr_dmodel = T->thread_info.flags & (1 << 29) ? PR_MODEL_ILP32 : PR_MODEL_LP64;
	pr_start = T->start_time;
	pr_size = T->mm ? T->mm->total_vm * 4 : 0;
	pr_projid = 0;
	pr_zoneid = 0;
};

inline char SSLEEP = 1;
inline char SRUN = 2;
inline char SZOMB = 3;
inline char SSTOP = 4;
inline char SIDL = 5;
inline char SONPROC = 6;

typedef struct lwpsinfo {
	int pr_flag;
	id_t pr_lwpid;
	uintptr_t pr_addr;
	char pr_state;
	char pr_sname;
	char pr_nice;
	int pr_pri;
	string pr_name;
	int pr_onpro;
} lwpsinfo_t;

translator lwpsinfo_t < struct task_struct *T > {
	pr_flag = T->flags;
	pr_lwpid = T->pid;
	pr_addr = (uintptr_t)T;
	pr_state = T->exit_state ? SZOMB : T->on_cpu ? SONPROC : T->__state & 0xc ? SSTOP : T->__state & 3 ? SSLEEP : SRUN;
	pr_sname = T->exit_state ? 'Z' : T->on_cpu ? 'O' : T->__state & 0xc ? 'T' : T->__state & 3 ? 'S' : 'R';
	pr_nice = T->static_prio - 120;
	pr_pri = T->prio;
	pr_name = T->comm;
	pr_onpro = T->thread_info.cpu;
};

inline psinfo_t *curpsinfo = xlate <psinfo_t *> (curthread);
inline lwpsinfo_t *curlwpsinfo = xlate <lwpsinfo_t *> (curthread);

inline string cwd = d_path(&curthread->fs->pwd);
inline string root = d_path(&curthread->fs->root);
