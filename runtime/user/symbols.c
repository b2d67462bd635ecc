// SPDX-License-Identifier: GPL-2.0
/*
 * Names of kernel addresses from /proc/kallsyms. Functions are loaded on the
 * first address asked for, data only when an address is no function's: both
 * together would take more memory than all the rest of dtrun. Names are kept
 * in one block of text, each once per symbol.
 */
#include <stdlib.h>
#include "dtrun.h"

struct symbol_row { uint64_t addr; uint32_t name; uint32_t module; };
struct symbol_table {
	struct symbol_row *rows;
	size_t n, cap;
	char *names;
	size_t names_len, names_cap;
	uint32_t last_module;		/* offset of the module seen last */
};

static uint32_t name_add(struct symbol_table *t, const char *name)
{
	size_t n = strlen(name) + 1;
	uint32_t at = t->names_len;

	if (t->names_len + n > t->names_cap) {
		size_t cap = t->names_cap + t->names_cap / 4 + (1 << 16);
		char *names = realloc(t->names, cap);

		if (!names)
			return 0;
		t->names = names;
		t->names_cap = cap;
	}
	memcpy(t->names + at, name, n);
	t->names_len += n;
	return at;
}

static bool row_add(struct symbol_table *t, uint64_t addr, const char *name, const char *module)
{
	if (t->n == t->cap) {
		size_t cap = t->cap + t->cap / 4 + 4096;
		void *rows = realloc(t->rows, cap * sizeof(*t->rows));

		if (!rows)
			return false;
		t->rows = rows;
		t->cap = cap;
	}
	if (!t->names || strcmp(t->names + t->last_module, module))
		t->last_module = name_add(t, module);
	t->rows[t->n++] = (struct symbol_row){ addr, name_add(t, name), t->last_module };
	return true;
}

static int row_compare(const void *a, const void *b)
{
	const struct symbol_row *x = a, *y = b;

	return x->addr < y->addr ? -1 : x->addr > y->addr;
}

static bool type_wanted(char type, bool text)
{
	return !!strchr("tTwW", type) == text && !strchr("aAuU", type);
}

static struct symbol_table *table_load(const char *path, bool text)
{
	struct symbol_table *t = calloc(1, sizeof(*t));
	FILE *f = fopen(path, "re");
	bool sorted = true;
	char line[1024];

	while (t && f && fgets(line, sizeof(line), f)) {
		char name[512], module[64] = "vmlinux", type;
		unsigned long long addr;
		size_t len;

		if (sscanf(line, "%llx %c %511s [%62s", &addr, &type, name, module) < 3 || !addr || !type_wanted(type, text))
			continue;
		len = strlen(module);
		if (len && module[len - 1] == ']')
			module[len - 1] = '\0';
		if (t->n && t->rows[t->n - 1].addr == addr)
			continue;	/* the first of several names of one place */
		if (t->n && t->rows[t->n - 1].addr > addr)
			sorted = false;
		if (!row_add(t, addr, name, module))
			break;
	}
	if (f)
		fclose(f);
	if (t && !sorted)
		qsort(t->rows, t->n, sizeof(*t->rows), row_compare);
	return t;
}

static const struct symbol_row *table_find(const struct symbol_table *t, uint64_t addr)
{
	size_t low = 0, high = t->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (t->rows[mid].addr <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	return low ? &t->rows[low - 1] : NULL;
}

#define SYMBOL_MAX (4 << 20)	/* no function or variable is longer */

static bool table_symbol(const struct symbol_table *t, uint64_t addr, struct symbol *ret)
{
	const struct symbol_row *row = t ? table_find(t, addr) : NULL;

	if (!row || addr - row->addr > SYMBOL_MAX)
		return false;
	*ret = (struct symbol){ .module = t->names + row->module, .name = t->names + row->name, .addr = row->addr };
	return true;
}

/* Ends of the kernel's code are symbols too, but name nothing. */
static bool is_mark(const struct symbol *s)
{
	static const char *const marks[] = { "_etext", "__indirect_thunk_end", "_einittext", "__end_of_kernel_reserve" };

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (!strcmp(s->name, marks[i]))
			return true;
	return false;
}

bool symbols_find(struct symbols *s, uint64_t addr, struct symbol *ret)
{
	const char *path = s->path ? s->path : "/proc/kallsyms";

	if (!(addr >> 63))	/* not the kernel's half */
		return false;
	if (!s->text)
		s->text = table_load(path, true);
	if (table_symbol(s->text, addr, ret) && !is_mark(ret))
		return true;
	if (!s->data)
		s->data = table_load(path, false);
	return table_symbol(s->data, addr, ret);
}

static void table_free(struct symbol_table *t)
{
	if (!t)
		return;
	free(t->rows);
	free(t->names);
	free(t);
}

void symbols_free(struct symbols *s)
{
	table_free(s->text);
	table_free(s->data);
	user_symbols_free(s->user);
	s->text = s->data = NULL;
	s->user = NULL;
}
