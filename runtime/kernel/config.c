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
	if (config->cpu != -1 && (config->cpu < 0 || config->cpu >= nr_cpu_ids))
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

static u64 memory_of_cpu(const struct dtc_config *config)
{
	return config->bufsize + 2 * config->aggsize + dtc_program.scratch_size + 4 * DTC_KEY_ROOM * 8;
}

static u64 memory_of_all(const struct dtc_config *config)
{
	return memory_of_cpu(config) * num_online_cpus() + config->dynvarsize + config->threads * 4 * (dtc_program.self_size + 9ull) +
	       entry_memory();
}

/* Leaves a quarter of the free memory alone. */
static bool memory_suffices(u64 need)
{
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

static int cpu_memory(struct dtc_cpu *state, int node)
{
	if (dtc_program.scratch_size) {
		/* a script may overwrite the end of a string in it: the zeros behind it end that */
		state->scratch = alloc_big(dtc_program.scratch_size + 8, node);
		if (!state->scratch)
			return -ENOMEM;
	}
	if (dtc_program.exit_record) {
		state->exit = (struct dtc_exit_room){ .size = ALIGN(dtc_program.exit_record, 8) };
		state->exit.data = alloc_big(state->exit.size, node);
		if (!state->exit.data)
			return -ENOMEM;
	}
	state->keys_raw = alloc_big(3 * DTC_KEY_ROOM * 8, node);
	if (!state->keys_raw)
		return -ENOMEM;
	state->keys = PTR_ALIGN((dtc_u64 *)state->keys_raw, DTC_KEY_ROOM * 8);
	return 0;
}

static void cpu_close(int cpu)
{
	struct dtc_cpu *state = cpu_state(cpu);

	state->configured = 0;
	spec_close_cpu(cpu);
	agg_close_cpu(cpu);
	kvfree(state->scratch);
	kvfree(state->exit.data);
	kvfree(state->keys_raw);
	memset(&state->exit, 0, sizeof(state->exit));
	state->scratch = NULL;
	state->keys_raw = NULL;
}

/*
 * Files stay as long as the module: an open of one may be waiting for run.lock,
 * and removing it would wait for the open. state->files counts those there are.
 */
static int cpu_files(struct dtc_cpu *state)
{
	static const struct {
		const char *name;
		const struct proc_ops *ops;
	} kinds[] = { { "data%d", &channel_ops }, { "agg%d", &agg_ops } };
	char name[24];

	for (; state->files < ARRAY_SIZE(kinds); state->files++) {
		snprintf(name, sizeof(name), kinds[state->files].name, state->id);
		if (!proc_create_data(name, 0400, run.dir, kinds[state->files].ops, (void *)(unsigned long)state->id))
			return -ENOMEM;
	}
	return 0;
}

static int cpu_open(int cpu)
{
	struct dtc_cpu *state = cpu_state(cpu);
	int ret = cpu_memory(state, cpu_to_node(cpu));

	state->stride = 64;
	state->countdown = 63;
	state->random = get_random_u64() | 1;
	ret = ret ? ret : channel_open_cpu(cpu);
	ret = ret ? ret : agg_open_cpu(cpu);
	ret = ret ? ret : spec_open_cpu(cpu);
	ret = ret ? ret : cpu_files(state);
	if (ret) {
		cpu_close(cpu);
		return ret;
	}
	state->configured = 1;
	cpumask_set_cpu(cpu, &run.cpus);
	return 0;
}

int cpu_join(int cpu)
{
	return memory_suffices(memory_of_cpu(&run.config)) ? cpu_open(cpu) : -ENOMEM;
}

/* cpus_read_lock() is held: nothing that takes it by itself belongs here. */
static int buffers_open(void)
{
	int ret, cpu;

	if (run.config.cpu != -1 && !cpu_online(run.config.cpu))
		return -ENODEV;
	ret = channel_open();
	ret = ret ? ret : agg_check();
	ret = ret ? ret : spec_open();
	cpumask_clear(&run.cpus);
	for_each_online_cpu(cpu)
		ret = ret ? ret : cpu_open(cpu);
	ret = ret ? ret : variable_open();
	ret = ret ? ret : entry_open();
	ret = ret ? ret : destruct_open();
	return ret;
}

void run_free(void)
{
	int cpu;

	run.configured = false;
	hotplug_close();
	destruct_close();
	entry_close();
	variable_close();
	for_each_cpu(cpu, &run.cpus)
		cpu_close(cpu);
	cpumask_clear(&run.cpus);
	spec_close();
	channel_close();
	symtab_free();
	fbt_free();
}

int run_config(const struct dtc_config *config)
{
	int ret = config_check(config);

	if (ret)
		return ret;
	run.config = *config;
	config_trim(&run.config);
	if (!memory_suffices(memory_of_all(&run.config)))
		return -ENOMEM;
	ret = symbols_of_program();
	if (ret)
		return ret;
	params_set(config);
	cpus_read_lock();
	ret = buffers_open();
	if (!ret)
		hotplug_open();
	cpus_read_unlock();
	ret = ret ? ret : attach_init();
	if (ret) {
		detach_all();
		run_free();
		return ret;
	}
	run.configured = true;
	run.state = DTC_STATE_READY;
	return 0;
}
