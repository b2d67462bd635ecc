// SPDX-License-Identifier: GPL-2.0
/*
 * Variables and functions of the kernel: `name, module`name. BTF has the types
 * of functions and of what each CPU has one of; the table has those of other
 * variables that scripts ask for, as the kernel's headers declare them. The
 * rest takes its type from a cast.
 */
#include <string.h>
#include "sema.h"
#include "../debuginfo/kernel.h"

static const struct { const char *name, *type; } known[] = {
	{ "jiffies", "unsigned long" }, { "jiffies_64", "uint64_t" }, { "loops_per_jiffy", "unsigned long" },
	{ "HZ", "int" }, { "tick_nsec", "unsigned long" }, { "nr_cpu_ids", "unsigned int" }, { "nr_threads", "int" },
	{ "max_threads", "int" }, { "total_forks", "unsigned long" }, { "pid_max", "int" }, { "system_state", "enum system_states" },
	{ "max_pfn", "unsigned long" }, { "max_low_pfn", "unsigned long" }, { "min_low_pfn", "unsigned long" },
	{ "totalreserve_pages", "unsigned long" }, { "_totalram_pages", "atomic_long_t" }, { "vm_swappiness", "int" },
	{ "sysctl_overcommit_memory", "int" }, { "panic_timeout", "int" }, { "oops_in_progress", "int" },
	{ "sysctl_tcp_mem", "long *" }, { "avenrun", "unsigned long *" }, { "saved_command_line", "char *" },
	{ "init_task", "struct task_struct" }, { "init_mm", "struct mm_struct" }, { "init_net", "struct net" },
	{ "init_pid_ns", "struct pid_namespace" }, { "init_user_ns", "struct user_namespace" }, { "init_uts_ns", "struct uts_namespace" },
	{ "init_cred", "struct cred" }, { "init_fs", "struct fs_struct" }, { "init_files", "struct files_struct" },
	{ "boot_cpu_data", "struct cpuinfo_x86" }, { "contig_page_data", "struct pglist_data" }, { "root_task_group", "struct task_group" },
	{ "tcp_hashinfo", "struct inet_hashinfo" }, { "tcp_prot", "struct proto" }, { "udp_prot", "struct proto" },
	{ "modules", "struct list_head" }, { "super_blocks", "struct list_head" }, { "slab_caches", "struct list_head" },
};

enum { LINK_KERNEL, LINK_STATIC, LINK_DYNAMIC };	/* the words of option linkmode */

static bool in_kernel(const char *module)
{
	return !module || !strcmp(module, "vmlinux") || !strcmp(module, "kernel");
}

/* NULL: not known. */
static struct type *symbol_type(struct sema *s, struct node *n)
{
	struct type *t = kernel_variable_type(s->dtc, n->module, n->name, &n->is_percpu);
	size_t i;

	if (!t)
		t = kernel_function_type(s->dtc, n->module, n->name);
	for (i = 0; !t && in_kernel(n->module) && i < ARRAY_SIZE(known); i++)
		if (!strcmp(known[i].name, n->name))
			t = type_from_text(s->dtc, known[i].type);
	return t;
}

/*
 * `as`: the type that a cast gives to a symbol without one, NULL where there is
 * none. It is an lvalue of that type.
 */
struct type *check_symbol_as(struct sema *s, struct node *n, struct type *as)
{
	struct type *t;

	if (n->module && !*n->module)
		return sema_error(s, n, "D_SYM_MODEL", NULL, "symbols of the program are not available: '%s'", n->name);
	if (!strcmp(n->module ? n->module : "", "kernel"))
		n->module = "vmlinux";
	t = symbol_type(s, n);
	if (!t && !in_kernel(n->module) && !(parse_is_there && parse_is_there(s->dtc, "module", n->module)))
		return sema_error(s, n, "D_IDENT_UNDEF", NULL, "failed to resolve %s`%s: there is no module '%s'", n->module, n->name, n->module);
	if (!t && in_kernel(n->module) && !kernel_symbol_exists(s->dtc, n->name, as != NULL))
		return sema_error(s, n, "D_IDENT_UNDEF", NULL, "the kernel has no symbol '%s'", n->name);
	if (!t)
		t = as;
	if (!t)
		return sema_error(s, n, "D_SYM_NOTYPES", mem_printf("say its type, as in (unsigned long)`%s, or take its address: &`%s", n->name, n->name),
				  "no symbolic type information is available for %s`%s", n->module ? n->module : "vmlinux", n->name);
	if (s->dtc->opt.linkmode == LINK_DYNAMIC && !s->dtc->opt.knodefs)
		return sema_error(s, n, "D_ASRELO", "linkmode=kernel, which is the default, has its address; -x knodefs permits it here",
				  "relocation remains against kernel symbol %s`%s", n->module ? n->module : "vmlinux", n->name);
	n->is_lvalue = true;
	attribute_use(s, n, mem_printf("`%s", n->name), attributes_private);
	return n->type = t;
}

struct type *check_symbol(struct sema *s, struct node *n)
{
	return check_symbol_as(s, n, NULL);
}
