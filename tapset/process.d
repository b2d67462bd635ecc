/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Processes and threads, from the kernel's structure of a thread. The memory
 * of other processes is out of reach in a probe: pr_psargs is their name,
 * pr_argc is 0.
 */
inline char PR_MODEL_UNKNOWN = 0;
inline char PR_MODEL_ILP32 = 1;
inline char PR_MODEL_LP64 = 2;

typedef struct timestruc {
	time_t tv_sec;
	long tv_nsec;
} timestruc_t;

/* When a thread started, since 1970. */
translator timestruc_t < struct task_struct *T > {
	tv_sec = (walltimestamp - timestamp + T->start_time) / 1000000000;
	tv_nsec = (walltimestamp - timestamp + T->start_time) % 1000000000;
};

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
	dev_t pr_ttydev;	/* -1: none */
	string pr_fname;
	string pr_psargs;
	int pr_wstat;
	int pr_argc;
	uintptr_t pr_argv;
	uintptr_t pr_envp;
	char pr_dmodel;
	timestruc_t pr_start;
	size_t pr_size;		/* KB */
	size_t pr_rssize;	/* KB */
	taskid_t pr_taskid;	/* Linux has no tasks, projects, pools, zones of this kind */
	projid_t pr_projid;
	poolid_t pr_poolid;
	zoneid_t pr_zoneid;
} psinfo_t;

/* Pages of one kind (MM_FILEPAGES and so on): atomic counters until Linux 6.1, then each a struct percpu_counter, whose
 * count follows its lock. */
inline int64_t mm_pages[struct mm_struct *mm, int kind] = *(int64_t *)((uintptr_t)&mm->rss_stat + kind * (sizeof (mm->rss_stat) / 4) +
	(sizeof (mm->rss_stat) == 32 ? 0 : 8));

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
	pr_ttydev = T->signal->tty ? T->signal->tty->driver->major << 20 | (T->signal->tty->driver->minor_start + T->signal->tty->index) : -1;
	pr_fname = T->comm;
	pr_psargs = T->mm && T->mm == curthread->mm ? execargs : stringof(T->comm);
	pr_wstat = T->exit_code;
	/* a new program finds on its stack: the count, the arguments and a zero, the environment */
	pr_argc = T->mm && T->mm == curthread->mm ? *(int *)copyin(T->mm->start_stack, 4) : 0;
	pr_argv = T->mm ? T->mm->start_stack + (T->thread_info.flags & (1 << 29) ? 4 : 8) : 0;
	pr_envp = T->mm && T->mm == curthread->mm ?
		  T->mm->start_stack + (*(int *)copyin(T->mm->start_stack, 4) + 2) * (T->thread_info.flags & (1 << 29) ? 4 : 8) : 0;
	pr_dmodel = T->thread_info.flags & (1 << 29) ? PR_MODEL_ILP32 : PR_MODEL_LP64;
	pr_start = xlate <timestruc_t> (T);
	pr_size = T->mm ? T->mm->total_vm * 4 : 0;
	pr_rssize = T->mm ? (mm_pages[T->mm, 0] + mm_pages[T->mm, 1] + mm_pages[T->mm, 3]) * 4 : 0;
	pr_taskid = 0;
	pr_projid = 0;
	pr_poolid = 0;
	pr_zoneid = 0;
};

/* pr_state. */
inline char SSLEEP = 1;
inline char SRUN = 2;
inline char SZOMB = 3;
inline char SSTOP = 4;
inline char SIDL = 5;
inline char SONPROC = 6;
inline char SWAIT = 7;

/* pr_stype: what a thread waits for. Linux does not tell. */
inline char SOBJ_NONE = 0;
inline char SOBJ_MUTEX = 1;
inline char SOBJ_RWLOCK = 2;
inline char SOBJ_CV = 3;
inline char SOBJ_SEMA = 4;
inline char SOBJ_USER = 5;
inline char SOBJ_USER_PI = 6;
inline char SOBJ_SHUTTLE = 7;

/* pr_flag. */
inline int PR_STOPPED = 0x1;
inline int PR_ISTOP = 0x2;
inline int PR_DSTOP = 0x4;
inline int PR_STEP = 0x8;
inline int PR_ASLEEP = 0x10;
inline int PR_PCINVAL = 0x20;
inline int PR_ASLWP = 0x40;
inline int PR_AGENT = 0x80;
inline int PR_DETACH = 0x100;
inline int PR_DAEMON = 0x200;
inline int PR_IDLE = 0x400;
inline int PR_ISSYS = 0x1000;
inline int PR_VFORKP = 0x2000;
inline int PR_ORPHAN = 0x4000;
inline int PR_NOSIGCHLD = 0x8000;
inline int PR_WAITPID = 0x10000;
inline int PR_FORK = 0x100000;
inline int PR_RLC = 0x200000;
inline int PR_KLC = 0x400000;
inline int PR_ASYNC = 0x800000;
inline int PR_MSACCT = 0x1000000;
inline int PR_BPTADJ = 0x2000000;
inline int PR_PTRACE = 0x4000000;
inline int PR_MSFORK = 0x8000000;

typedef struct lwpsinfo {
	int pr_flag;
	id_t pr_lwpid;
	uintptr_t pr_addr;
	uintptr_t pr_wchan;	/* always 0: Linux threads wait on no address */
	char pr_stype;
	char pr_state;
	char pr_sname;
	char pr_nice;
	short pr_syscall;	/* the last one, by number */
	int pr_pri;
	string pr_clname;	/* as `ps -o cls` names the policy */
	string pr_name;
	int pr_cpu;		/* where it ran last, as pr_onpro */
	int pr_onpro;
	int pr_bindpro;		/* -1: not bound */
	int pr_bindpset;
} lwpsinfo_t;

translator lwpsinfo_t < struct task_struct *T > {
	pr_flag = (T->__state & 0xc ? PR_STOPPED : T->__state & 3 ? PR_ASLEEP : 0) | (T->flags & 0x200000 ? PR_ISSYS : 0) |
		  (T->flags & 2 ? PR_IDLE : 0) | (T->ptrace ? PR_PTRACE : 0);
	pr_lwpid = T->pid;
	pr_addr = (uintptr_t)T;
	pr_wchan = 0;
	pr_stype = SOBJ_NONE;
	pr_state = T->exit_state ? SZOMB : T->on_cpu ? SONPROC : T->__state & 0xc ? SSTOP : T->__state & 3 ? SSLEEP :
		   T->__state & 0x800 ? SIDL : SRUN;
	pr_sname = T->exit_state ? 'Z' : T->on_cpu ? 'O' : T->__state & 0xc ? 'T' : T->__state & 3 ? 'S' : T->__state & 0x800 ? 'I' : 'R';
	pr_nice = T->static_prio - 120;
	pr_syscall = T->flags & 0x200000 ? 0 : ((struct pt_regs *)((uintptr_t)T->stack + 16384))[-1].orig_ax;
	pr_pri = T->prio;
	pr_clname = T->policy == 1 ? "FF" : T->policy == 2 ? "RR" : T->policy == 3 ? "B" : T->policy == 5 ? "IDL" :
		    T->policy == 6 ? "DLN" : "TS";
	pr_name = T->comm;
	pr_cpu = T->thread_info.cpu;
	pr_onpro = T->thread_info.cpu;
	pr_bindpro = T->nr_cpus_allowed == 1 ? T->thread_info.cpu : -1;
	pr_bindpset = -1;
};

inline psinfo_t *curpsinfo = xlate <psinfo_t *> (curthread);
inline lwpsinfo_t *curlwpsinfo = xlate <lwpsinfo_t *> (curthread);

inline string cwd = d_path(&curthread->fs->pwd);
inline string root = d_path(&curthread->fs->root);
