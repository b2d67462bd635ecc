// SPDX-License-Identifier: GPL-2.0
/*
 * CONFIG: checks what dtrun asks for, then reserves all memory of the run, so
 * that no probe ever allocates. What does not fit into free memory is refused
 * beforehand: the machine's own work must not pay for a trace.
 */
#include <linux/cpu.h>
#include <linux/mm.h>
#include <linux/proc_fs.h>
#include <linux/random.h>
#include <linux/slab.h>
#include "runtime.h"

static bool within(u64 value, u64 min, u64 max)
{
	return value >= min && value <= max;
}

static int config_check(const struct dtc_config *config)
{
	if (config->version != DTC_CONTROL_VERSION || dtc_program.version != DTC_PROGRAM_VERSION)
		return -EPROTONOSUPPORT;
	if (!within(config->bufsize, DTC_BUFSIZE_MIN, DTC_BUFSIZE_MAX) ||
	    !within(config->aggsize, DTC_AGGSIZE_MIN, DTC_AGGSIZE_MAX) ||
	    !within(config->dynvarsize, DTC_DYNVARSIZE_MIN, DTC_DYNVARSIZE_MAX) ||
	    !within(config->nspec, 1, DTC_NSPEC_MAX) || config->specsize > DTC_BUFSIZE_MAX ||
	    !within(config->threads, 1, 1u << 24) || config->overload_percent > 100 ||
	    config->nparams > DTC_MAX_PARAMS || dtc_program.scratch_size > DTC_SCRATCHSIZE_MAX)
		return -EINVAL;
	if (dtc_program.destructive && !(config->flags & DTC_CONFIG_DESTRUCTIVE))
		return -EPERM;
	if (config->cpu != -1 && (config->cpu < 0 || config->cpu >= nr_cpu_ids || !cpu_online(config->cpu)))
		return -ENODEV;
	return 0;
}

/* What the script does not use is kept small. */
static void config_trim(struct dtc_config *config)
{
	if (!dtc_program.max_record)
		config->bufsize = min_t(u64, config->bufsize, 64u << 10);
	if (!dtc_program.max_agg_entry && !dtc_program.agg_fixed_size)
		config->aggsize = min_t(u64, config->aggsize, DTC_BUFFER_LEAST);
	if (!dtc_program.self_size)
		config->threads = 0;
	else	/* many large blocks would take memory that nobody asked for */
		config->threads = clamp_t(u64, 4 * config->dynvarsize / dtc_program.self_size, min_t(u64, 16, config->threads), config->threads);
	if (!dtc_program.ndynvars)
		config->dynvarsize = 0;
}

/* Leaves a quarter of the free memory alone. */
static bool memory_suffices(const struct dtc_config *config)
{
	const u64 per_cpu = config->bufsize + 2 * config->aggsize + dtc_program.scratch_size + 4 * DTC_KEY_ROOM * 8;
	const u64 need = per_cpu * num_online_cpus() + config->dynvarsize + config->threads * 4 * (dtc_program.self_size + 9ull) + entry_memory();
	const long pages = si_mem_available();

	return pages > 0 && need / PAGE_SIZE < (u64)pages / 4 * 3;
}

static void params_set(const struct dtc_config *config)
{
	const dtc_s64 macros[DTC_MACRO_NR] = {
		[DTC_MACRO_TARGET] = config->target, [DTC_MACRO_PID] = config->pid, [DTC_MACRO_PPID] = config->ppid,
		[DTC_MACRO_PGID] = config->pgid, [DTC_MACRO_SID] = config->sid, [DTC_MACRO_UID] = config->uid,
		[DTC_MACRO_GID] = config->gid, [DTC_MACRO_EUID] = config->euid, [DTC_MACRO_EGID] = config->egid,
	};
	u32 i;

	memcpy(dtc_macros, macros, sizeof(dtc_macros));
	memcpy(dtc_params, config->param, sizeof(dtc_params));
	memcpy(dtc_param_strings, config->param_string, sizeof(dtc_param_strings));
	for (i = 0; i < DTC_MAX_PARAMS; i++)
		dtc_param_strings[i][DTC_PARAM_STRLEN - 1] = 0;
}

static int cpu_open(int cpu)
{
	struct dtc_cpu *state = cpu_state(cpu);
	void *raw;

	state->stride = 64;
	state->countdown = 63;
	state->random = get_random_u64() | 1;
	if (dtc_program.scratch_size) {
		/* a script may overwrite the end of a string in it: the zeros behind it end that */
		state->scratch = alloc_big(dtc_program.scratch_size + 8, cpu_to_node(cpu));
		if (!state->scratch)
			return -ENOMEM;
	}
	raw = alloc_big(3 * DTC_KEY_ROOM * 8, cpu_to_node(cpu));
	if (!raw)
		return -ENOMEM;
	state->keys_raw = raw;
	state->keys = PTR_ALIGN((dtc_u64 *)raw, DTC_KEY_ROOM * 8);
	return 0;
}

static void cpu_close(int cpu)
{
	struct dtc_cpu *state = cpu_state(cpu);

	kvfree(state->scratch);
	kvfree(state->keys_raw);
	state->scratch = NULL;
	state->keys_raw = NULL;
	state->configured = 0;
}

static const struct {
	const char *name;
	const struct proc_ops *ops;
} cpu_file_kinds[] = { { "data%d", &channel_ops }, { "agg%d", &agg_ops } };

static int files_make(void)
{
	char name[24];
	size_t i;
	int cpu;

	for_each_cpu(cpu, &run.cpus)
		for (i = 0; i < ARRAY_SIZE(cpu_file_kinds); i++) {
			snprintf(name, sizeof(name), cpu_file_kinds[i].name, cpu);
			if (!proc_create_data(name, 0400, run.dir, cpu_file_kinds[i].ops, (void *)(unsigned long)cpu))
				return -ENOMEM;
		}
	return 0;
}

static void files_remove(void)
{
	char name[24];
	size_t i;
	int cpu;

	for_each_cpu(cpu, &run.cpus)
		for (i = 0; i < ARRAY_SIZE(cpu_file_kinds); i++) {
			snprintf(name, sizeof(name), cpu_file_kinds[i].name, cpu);
			remove_proc_subtree(name, run.dir);
		}
}

static int buffers_open(void)
{
	int ret = 0, cpu;

	for_each_cpu(cpu, &run.cpus)
		ret = ret ? ret : cpu_open(cpu);
	ret = ret ? ret : channel_open();
	ret = ret ? ret : agg_open();
	ret = ret ? ret : variable_open();
	ret = ret ? ret : entry_open();
	ret = ret ? ret : spec_open();
	ret = ret ? ret : destruct_open();
	ret = ret ? ret : attach_init();
	return ret;
}

void run_free(void)
{
	int cpu;

	run.configured = false;
	destruct_close();
	spec_close();
	entry_close();
	variable_close();
	agg_close();
	channel_close();
	symtab_free();
	fbt_free();
	for_each_cpu(cpu, &run.cpus)
		cpu_close(cpu);
}

int run_config(const struct dtc_config *config)
{
	int ret = config_check(config), cpu;

	if (ret)
		return ret;
	run.config = *config;
	config_trim(&run.config);
	if (!memory_suffices(&run.config))
		return -ENOMEM;
	ret = symbols_of_program();
	if (ret)
		return ret;
	params_set(config);
	cpus_read_lock();
	cpumask_copy(&run.cpus, cpu_online_mask);
	ret = buffers_open();
	cpus_read_unlock();
	if (ret) {
		run_free();
		return ret;
	}
	for_each_cpu(cpu, &run.cpus)
		cpu_state(cpu)->configured = 1;
	run.configured = true;
	run.state = DTC_STATE_READY;
	ret = files_make();
	if (ret) {	/* as if nothing had been; a file may have been opened already, so its module does no more */
		run.state = DTC_STATE_STOPPED;
		detach_all();
		files_remove();
	}
	return ret;
}
