// SPDX-License-Identifier: GPL-2.0
/*
 * Addresses of kernel functions by name. The kernel's own look-ups are not
 * exported, but a kprobe may be put on any function by name, and then tells
 * its address; kallsyms_lookup_name() found that way finds the others.
 *
 * All names of a group are looked up in one walk over the kernel's symbols; a
 * script with more groups gets a table of them (symtab.c).
 */
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <linux/stringhash.h>
#include "runtime.h"

#define FOUND_MAX 4000000u

static struct {
	unsigned long (*lookup)(const char *name);
	int (*each)(dtc_symbol_fn fn, void *data);
	dtc_each_module_symbol_fn each_module;
	unsigned long (*ftrace_location)(unsigned long ip);
	u32 searches;
} kernel;

/* kprobes may skip the landing mark of a function, which an indirect call needs. */
static unsigned long entry_of(unsigned long addr)
{
	const u32 endbr64 = 0xfa1e0ff3;

	return ENDBR_INSN_SIZE && !memcmp((void *)(addr - 4), &endbr64, 4) ? addr - 4 : addr;
}

static int kernel_find(void)
{
	struct kprobe probe = { .symbol_name = "kallsyms_lookup_name" };
	int ret;

	if (kernel.lookup)
		return 0;
	ret = register_kprobe(&probe);
	if (ret)
		return ret;
	kernel.lookup = (void *)entry_of((unsigned long)probe.addr);
	unregister_kprobe(&probe);
	kernel.each = (void *)kernel.lookup("kallsyms_on_each_symbol");
	kernel.each_module = (void *)kernel.lookup("module_kallsyms_on_each_symbol");
	kernel.ftrace_location = (void *)kernel.lookup("ftrace_location");
	if (kernel.each && kernel.ftrace_location)
		return 0;
	kernel.lookup = NULL;
	return -EOPNOTSUPP;
}

unsigned long symbol_ftrace_location(unsigned long addr)
{
	return kernel.ftrace_location(addr);
}

struct search {
	const struct symbol_want *wants;
	u32 count, mask;
	u32 *heads, *next;	/* want + 1, by hash of the name */
	const char *module;	/* of this walk; NULL: the kernel itself */
	struct symbol_set *set;
	int error;
};

static bool in_kernel(const char *module)
{
	return !module || !*module || !strcmp(module, "vmlinux");
}

static u32 name_hash(const char *name)
{
	return full_name_hash(NULL, name, strlen(name));
}

static int found_add(struct symbol_set *set, u32 want, unsigned long addr)
{
	if (set->count == set->room) {
		const u32 room = set->room * 2 + 1024;
		struct symbol_found *more;

		if (room > FOUND_MAX)
			return -E2BIG;
		more = kvmalloc_array(room, sizeof(*more), GFP_KERNEL);
		if (!more)
			return -ENOMEM;
		if (set->count)
			memcpy(more, set->found, set->count * sizeof(*more));
		kvfree(set->found);
		set->found = more;
		set->room = room;
	}
	set->found[set->count++] = (struct symbol_found){ want, addr };
	return 0;
}

static int symbol_seen(void *data, const char *name, const char *module, unsigned long addr)
{
	struct search *s = data;
	u32 i;

	if (module && s->module && strcmp(module, s->module))
		return 0;
	for (i = s->heads[name_hash(name) & s->mask]; i; i = s->next[i - 1]) {
		const struct symbol_want *want = &s->wants[i - 1];

		if (strcmp(want->name, name))
			continue;
		if (s->module ? strcmp(want->module, s->module) : !in_kernel(want->module))
			continue;
		s->error = found_add(s->set, i - 1, addr + want->offset);
		if (s->error)
			return s->error;
	}
	return 0;
}
DTC_SYMBOL_CALLBACK(symbol_callback, symbol_seen)

static int search_open(struct search *s)
{
	const u32 size = roundup_pow_of_two(s->count + 1) * 2;
	u32 i;

	s->mask = size - 1;
	s->heads = kvcalloc(size, sizeof(u32), GFP_KERNEL);
	s->next = kvcalloc(s->count, sizeof(u32), GFP_KERNEL);
	if (!s->heads || !s->next)
		return -ENOMEM;
	for (i = 0; i < s->count; i++) {
		u32 *head = &s->heads[name_hash(s->wants[i].name) & s->mask];

		s->next[i] = *head;
		*head = i + 1;
	}
	return 0;
}

static int table_seen(void *data, const char *name, const char *module, unsigned long addr)
{
	return module ? 0 : symtab_add(name, addr);
}
DTC_SYMBOL_CALLBACK(table_callback, table_seen)

static int table_walk(void)
{
	return kernel.each(table_callback, NULL);
}

struct table_want { struct symbol_set *set; u32 want; u64 offset; };

static int table_found(void *arg, unsigned long addr)
{
	const struct table_want *w = arg;

	return found_add(w->set, w->want, addr + w->offset);
}

static void kernel_walk(struct search *s)
{
	u32 i;

	if (!symtab_ready() && (!kernel.searches++ || !symtab_make(table_walk))) {
		kernel.each(symbol_callback, s);
		return;
	}
	for (i = 0; i < s->count && !s->error; i++) {
		struct table_want w = { s->set, i, s->wants[i].offset };

		if (in_kernel(s->wants[i].module))
			s->error = symtab_find(s->wants[i].name, table_found, &w);
	}
}

/* One walk for the kernel, one for each module that is named. */
static void search_walk(struct search *s)
{
	const char *last = NULL;
	bool in_vmlinux = false;
	u32 i, j;

	for (i = 0; i < s->count; i++)
		in_vmlinux |= in_kernel(s->wants[i].module);
	if (in_vmlinux)
		kernel_walk(s);
	for (i = 0; i < s->count && !s->error && kernel.each_module; i++) {
		const char *module = s->wants[i].module;

		if (in_kernel(module) || (last && !strcmp(last, module)))
			continue;
		last = module;
		for (j = 0; j < i; j++)	/* wants are in the order of modules, mostly: this ends at once */
			if (s->wants[i - 1 - j].module && !strcmp(s->wants[i - 1 - j].module, module))
				break;
		if (j < i)
			continue;
		s->module = module;
		DTC_EACH_MODULE_SYMBOL(kernel.each_module, module, symbol_callback, s);
	}
}

static int by_address(const void *a, const void *b)
{
	const struct symbol_found *x = a, *y = b;

	return x->addr < y->addr ? -1 : x->addr > y->addr ? 1 : x->want < y->want ? -1 : x->want > y->want;
}

int symbols_find(const struct symbol_want *wants, u32 count, struct symbol_set *set)
{
	struct search s = { .wants = wants, .count = count, .set = set };
	int ret = kernel_find();

	memset(set, 0, sizeof(*set));
	if (ret)
		return ret;
	ret = search_open(&s);
	if (!ret) {
		search_walk(&s);
		ret = s.error;
	}
	kvfree(s.heads);
	kvfree(s.next);
	if (ret)
		symbols_free(set);
	else
		sort(set->found, set->count, sizeof(*set->found), by_address, NULL);
	return ret;
}

/* The symbols that the script names. Of several of a name the first counts. */
int symbols_of_program(void)
{
	const u32 count = dtc_program.nsymbols;
	struct symbol_want *wants;
	struct symbol_set set;
	u32 i;
	int ret;

	if (!count)
		return 0;
	wants = kvcalloc(count, sizeof(*wants), GFP_KERNEL);
	if (!wants)
		return -ENOMEM;
	for (i = 0; i < count; i++)
		wants[i] = (struct symbol_want){ dtc_program.symbols[i].name, dtc_program.symbols[i].module, 0 };
	ret = symbols_find(wants, count, &set);
	kvfree(wants);
	if (ret)
		return ret;
	memset(dtc_program.symbol_addresses, 0, count * sizeof(u64));
	for (i = set.count; i-- > 0;)
		dtc_program.symbol_addresses[set.found[i].want] = set.found[i].addr;
	symbols_free(&set);
	for (i = 0; i < count && !ret; i++)
		if (!dtc_program.symbol_addresses[i]) {
			run.missing = i;
			ret = -ENXIO;
		}
	return ret;
}

void symbols_free(struct symbol_set *set)
{
	kvfree(set->found);
	memset(set, 0, sizeof(*set));
}
