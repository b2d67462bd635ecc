/* SPDX-License-Identifier: GPL-2.0 */
/* This CPU. Linux has no processor sets: all CPUs are of set 0. */
typedef int processorid_t;
typedef int psetid_t;

typedef struct cpuinfo {
	processorid_t cpu_id;
	psetid_t cpu_pset;
} cpuinfo_t;

translator cpuinfo_t < struct task_struct *T > {
	cpu_id = cpu;
	cpu_pset = 0;
};

inline cpuinfo_t *curcpu = xlate <cpuinfo_t *> (curthread);
