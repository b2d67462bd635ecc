/* SPDX-License-Identifier: GPL-2.0 */
/* This CPU: its package is the chip, its NUMA node the group. Linux has no processor sets: all CPUs are of set 0. */
typedef int processorid_t;
typedef int psetid_t;
typedef int chipid_t;
typedef int lgrp_id_t;

typedef struct cpuinfo {
	processorid_t cpu_id;
	psetid_t cpu_pset;
	chipid_t cpu_chip;
	lgrp_id_t cpu_lgrp;
} cpuinfo_t;

translator cpuinfo_t < struct task_struct *T > {
	cpu_id = cpu;
	cpu_pset = 0;
	cpu_chip = `cpu_info.phys_proc_id;
	cpu_lgrp = `numa_node;
};

inline cpuinfo_t *curcpu = xlate <cpuinfo_t *> (curthread);
inline psetid_t pset = curcpu->cpu_pset;
inline chipid_t chip = curcpu->cpu_chip;
inline lgrp_id_t lgrp = curcpu->cpu_lgrp;
