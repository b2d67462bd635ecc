// SPDX-License-Identifier: GPL-2.0
/*
 * What is known of variables, in bulk:
 *
 *	locals all RELEASE ROOT MODULE COUNT SEED	every variable at COUNT line addresses chosen at random (0: at
 *							all lines of all functions): a summary of how they are had
 *	locals pairs RELEASE ROOT MODULE COUNT SEED	COUNT pairs of a line address and a variable (0: all), one to a line, with
 *							what it is on the machine that machine.h invents: see show_pair()
 *	locals lines RELEASE ROOT MODULE		the variables that can be had at each line: LINE FUNCTION NAME KIND
 *	locals load RELEASE ROOT MODULE			gdb's command to load the file as it is laid out here
 *	locals cost PROGRAM ARGUMENT...			what it takes: milliseconds of CPU, and the most memory in KB; its output is dropped
 *	locals remote					that machine, for a debugger
 *	locals at RELEASE ROOT MODULE ADDRESS		all variables at an address
 */
#include <dwarf.h>
#include <gelf.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "machine.h"

static struct dtc dtc = { .progname = "locals" };
static u64 seed;

static u64 random_below(u64 n)
{
	seed = seed * 6364136223846793005ull + 1442695040888963407ull;
	return (seed >> 33) % n;
}

/* --- expressions as text: what a reader of DWARF says in its own words --- */

static const char *const op_names[] = {
	[LOC_NEG] = "neg", [LOC_NOT] = "not", [LOC_ABS] = "abs", [LOC_ADD] = "+", [LOC_SUB] = "-", [LOC_MUL] = "*", [LOC_DIV] = "/",
	[LOC_UDIV] = "u/", [LOC_MOD] = "%", [LOC_AND] = "&", [LOC_OR] = "|", [LOC_XOR] = "^", [LOC_SHL] = "<<", [LOC_SHR] = ">>",
	[LOC_SHRA] = ">>>", [LOC_EQ] = "==", [LOC_NE] = "!=", [LOC_LT] = "<", [LOC_LE] = "<=", [LOC_GT] = ">", [LOC_GE] = ">=",
};

static void show_expr(struct text *t, const struct loc_expr *e)
{
	switch (e->op) {
	case LOC_CONST:
		text_add(t, "%" PRId64, (s64)e->value);
		break;
	case LOC_SYMBOL:
		text_add(t, "&%s+%" PRIu64, e->symbol, e->value);
		break;
	case LOC_REG:
		text_add(t, "r%" PRIu64, e->value);
		break;
	case LOC_ENTRY_REG:
		text_add(t, "entry(r%" PRIu64 ")", e->value);
		break;
	case LOC_LOAD:
	case LOC_SEXT:
	case LOC_ZEXT:
		text_add(t, "%s%u(", e->op == LOC_LOAD ? "load" : e->op == LOC_SEXT ? "sext" : "zext", e->size);
		show_expr(t, e->left);
		text_add(t, ")");
		break;
	case LOC_THIS_CPU:
		text_add(t, "percpu(");
		show_expr(t, e->left);
		text_add(t, ")");
		break;
	case LOC_COND:
		text_add(t, "(");
		show_expr(t, e->cond);
		text_add(t, "?");
		show_expr(t, e->left);
		text_add(t, ":");
		show_expr(t, e->right);
		text_add(t, ")");
		break;
	default:
		text_add(t, "(");
		if (e->right)
			show_expr(t, e->left);
		text_add(t, "%s", op_names[e->op]);
		show_expr(t, e->right ? e->right : e->left);
		text_add(t, ")");
	}
}

static const char *const kind_names[] = {
	[LOC_NONE] = "none", [LOC_ADDRESS] = "memory", [LOC_VALUE] = "value", [LOC_BYTES] = "bytes", [LOC_PIECES] = "pieces",
	[LOC_POINTS] = "points", [LOC_CANNOT] = "cannot",
};

static void show_location(struct text *t, const struct var_loc *l)
{
	text_add(t, "%s", kind_names[l->kind]);
	if (l->expr) {
		text_add(t, " ");
		show_expr(t, l->expr);
	}
	for (u64 i = 0; i < l->nbytes; i++)
		text_add(t, "%s%02x", i ? "" : " ", l->bytes[i]);
	for (size_t i = 0; i < l->npieces; i++) {
		text_add(t, " [%" PRIu64 "@%" PRIu64 " ", l->pieces[i].bits, l->pieces[i].bit_offset);
		show_location(t, l->pieces[i].loc);
		text_add(t, "]");
	}
	if (l->kind == LOC_POINTS) {
		text_add(t, " %" PRId64 " [", l->offset);
		show_location(t, l->target);
		text_add(t, "]");
	}
	if (l->why)
		text_add(t, " %s", l->why);
}

/* --- addresses --- */

static struct debug_file *file;

static struct debug_file *file_open(const char *module)
{
	const char *why = NULL, *hint = NULL;

	file = debug_file_get(&dtc, module, &why, &hint);
	if (!file || !debug_dwarf(file)) {
		fprintf(stderr, "locals: %s: %s\n", module, why ? why : "damaged");
		exit(1);
	}
	return file;
}

struct units { Dwarf_Die *dies; size_t count, cap; };

static void units_read(struct units *u, Dwarf *dwarf)
{
	Dwarf_CU *cu = NULL;
	Dwarf_Die die;
	u8 unit;

	while (!dwarf_get_units(dwarf, cu, &cu, NULL, &unit, &die, NULL)) {
		if (unit != DW_UT_compile)
			continue;
		u->dies = mem_grow(u->dies, &u->cap, u->count + 1, sizeof(*u->dies));
		u->dies[u->count++] = die;
	}
}

static bool row_address(Dwarf_Lines *lines, size_t i, u64 *ret)
{
	Dwarf_Line *row = dwarf_onesrcline(lines, i);
	bool is_stmt = false, ends = false;
	Dwarf_Addr a;

	if (!row || dwarf_linebeginstatement(row, &is_stmt) || !is_stmt || dwarf_lineendsequence(row, &ends) || ends ||
	    dwarf_lineaddr(row, &a) || !a)
		return false;
	*ret = a;
	return true;
}

/* Calls back with `per_unit` random rows of random units (0: with all rows of all). The callback says when it has enough. */
static void visit(size_t per_unit, bool (*found)(u64 addr))
{
	struct units u = { 0 };
	Dwarf_Lines *lines;
	size_t n;
	u64 addr;

	units_read(&u, debug_dwarf(file));
	for (size_t i = 0; u.count && (per_unit || i < u.count); i++) {
		Dwarf_Die *cu = &u.dies[per_unit ? random_below(u.count) : i];

		if (dwarf_getsrclines(cu, &lines, &n) || !n)
			continue;
		for (size_t k = 0; k < (per_unit ? per_unit : n); k++)
			if (row_address(lines, per_unit ? random_below(n) : k, &addr) && scope_chain_at(file, addr) && !found(addr))
				return;
	}
}

/* --- all --- */

static size_t wanted, addresses, variables, kinds[ARRAY_SIZE(kind_names)], failed_types;
static struct { const char *why; size_t count; } whys[64];

static void count_why(const char *why)
{
	for (size_t i = 0; i < ARRAY_SIZE(whys); i++)
		if (!whys[i].why || !strcmp(whys[i].why, why)) {
			whys[i].why = why;
			whys[i].count++;
			return;
		}
}

static void count_location(const struct var_loc *l)
{
	if (l->kind == LOC_CANNOT)
		count_why(l->why);
	for (size_t i = 0; i < l->npieces; i++)
		count_location(l->pieces[i].loc);
	if (l->target)
		count_location(l->target);
}

static bool count_all(u64 addr)
{
	struct debug_var *vars;
	struct var_loc l;
	size_t n;

	if (debug_vars(&dtc, file, addr, 0, &vars, &n))
		return true;
	for (size_t i = 0; i < n; i++) {
		debug_locate(file, &vars[i], addr, &l);
		kinds[l.kind]++;
		count_location(&l);
		if (!vars[i].type || !type_strip(vars[i].type) || type_strip(vars[i].type)->kind == TYPE_VOID)
			failed_types++;
	}
	variables += n;
	return ++addresses != wanted;
}

static int do_all(size_t count)
{
	wanted = count;
	visit(count ? 10 : 0, count_all);
	printf("%zu addresses, %zu variables", addresses, variables);
	for (size_t i = 0; i < ARRAY_SIZE(kind_names); i++)
		printf(", %s %zu", kind_names[i], kinds[i]);
	printf(", no type %zu\n", failed_types);
	for (size_t i = 0; i < ARRAY_SIZE(whys) && whys[i].why; i++)
		printf("cannot: %zu: %s\n", whys[i].count, whys[i].why);
	return !variables;
}

/* --- pairs, and one address --- */

static void show_at(u64 addr, const struct debug_var *v)
{
	struct text t = { 0 };
	struct var_loc l;

	debug_locate(file, v, addr, &l);
	show_location(&t, &l);
	printf("%#" PRIx64 " %s %s\n", addr, v->name, t.data);
}

/* The object that a pointer without a value points to: it must begin there. */
static const struct var_loc *pointed(const struct debug_var *v, const struct var_loc *l, u64 *size)
{
	struct type *t = type_strip(v->type);

	*size = t->size;
	if (l->kind != LOC_POINTS || l->offset || (t->kind != TYPE_POINTER && t->kind != TYPE_ARRAY))
		return l;
	*size = type_strip(t->ref)->size;
	return l->target;
}

/*
 * ADDRESS SCOPE NAME KIND SIZE OBJECT, where SCOPE is the entry of its function, and OBJECT is `@ADDRESS` of one in memory,
 * else its bytes with `..` for those that are not known (`?`: some of them lie in bits). Of a pointer that points to what has
 * no address, the object is what it points to.
 */
static void show_pair(u64 addr, const struct debug_var *v)
{
	const struct var_loc *target;
	struct var_loc l;
	struct object o;
	u64 size;

	debug_locate(file, v, addr, &l);
	target = pointed(v, &l, &size);
	machine_object(file, target, size, addr, &o);
	printf("%#" PRIx64 " %#" PRIx64 " %s %s %" PRIu64 " ", addr, v->scope_low, v->name,
	       o.has_entry ? "entry" : o.cannot ? "cannot" : kind_names[l.kind], size);
	if (o.in_memory)
		printf("@%#" PRIx64, o.addr);
	else if (o.cannot || !o.size || target->kind == LOC_NONE || target->kind == LOC_POINTS)
		printf("-");
	else
		for (u64 i = 0; i < o.size; i++)
			printf(o.known[i] == 0xff ? "%02x" : o.known[i] ? "??" : "..", o.bytes[i]);
	printf("\n");
}

static bool random_pair(u64 addr)
{
	struct debug_var *vars;
	size_t n;

	if (debug_vars(&dtc, file, addr, 0, &vars, &n) || !n)
		return true;
	show_pair(addr, &vars[random_below(n)]);
	return --wanted;
}

static bool all_pairs(u64 addr)
{
	struct debug_var *vars;
	size_t n;

	if (!debug_vars(&dtc, file, addr, 0, &vars, &n))
		for (size_t i = 0; i < n; i++)
			show_pair(addr, &vars[i]);
	return true;
}

/* --- a module --- */

/* A line's code begins in a function, or a copy of it, at the lowest address. */
static bool is_first(u32 line, u64 die)
{
	static struct { u32 line; u64 die; } *seen;
	static size_t count, cap;

	for (size_t i = count; i > 0 && seen[i - 1].line == line; i--)
		if (seen[i - 1].die == die)
			return false;
	seen = mem_grow(seen, &cap, count + 1, sizeof(*seen));
	seen[count].line = line;
	seen[count++].die = die;
	return true;
}

static void show_line(const char *source, const struct debug_line *l)
{
	struct debug_var *vars;
	struct debug_func fn;
	struct var_loc where;
	size_t n;

	if (debug_owner(file, l->addr, source, l->line, &fn) || !is_first(l->line, fn.die) ||
	    debug_vars_line(&dtc, file, l->addr, source, l->line, &vars, &n))
		return;
	for (size_t i = 0; i < n; i++) {
		struct object o;

		if (debug_locate(file, &vars[i], l->addr, &where) || where.kind == LOC_NONE)
			continue;
		machine_object(file, &where, type_strip(vars[i].type)->size, l->addr, &o);
		printf("%u %s %s %s\n", l->line, fn.name, vars[i].name, o.has_entry ? "entry" : kind_names[where.kind]);
	}
}

static int do_lines(void)
{
	for (u32 i = 0; i < debug_nfiles(file); i++) {
		const char *source = debug_file_name(file, i);
		u32 n;
		const struct debug_line *lines = debug_lines(file, i, &n);

		for (u32 k = 0; !strstr(source, "include/") && k < n; k++)
			show_line(source, &lines[k]);
	}
	return 0;
}

static int do_load(void)
{
	Elf *elf = dwarf_getelf(debug_dwarf(file));
	size_t strings = 0;
	GElf_Shdr s;

	elf_getshdrstrndx(elf, &strings);
	printf("add-symbol-file %s", file->path);
	for (Elf_Scn *scn = NULL; (scn = elf_nextscn(elf, scn));)
		if (gelf_getshdr(scn, &s) && (s.sh_flags & SHF_ALLOC))
			printf(" -s %s %#" PRIx64, elf_strptr(elf, strings, s.sh_name), s.sh_addr);
	printf("\n");
	return 0;
}

static int do_at(u64 addr)
{
	struct debug_var *vars;
	size_t n;

	if (debug_vars(&dtc, file, addr, 0, &vars, &n))
		return 1;
	for (size_t i = 0; i < n; i++) {
		struct var_loc l;

		printf("%s %s ", vars[i].kind == DEBUG_PARAMETER ? "parameter" : "local", type_name(&dtc, vars[i].type, ""));
		show_at(addr, &vars[i]);
		debug_locate(file, &vars[i], addr, &l);
		if (l.kind == LOC_NONE)
			printf("\tnearest line: %u\n", debug_nearest_alive(file, &vars[i], addr));
	}
	return 0;
}

static int do_cost(char **argv)
{
	const pid_t pid = fork();
	struct rusage use;
	int status, null;

	if (!pid) {
		null = open("/dev/null", O_WRONLY);
		dup2(null, 1);
		execvp(argv[0], argv);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &use) != pid || !WIFEXITED(status))
		return 1;
	printf("%ld %ld\n", (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000 + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1000, use.ru_maxrss);
	return WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
	if (argc > 2 && !strcmp(argv[1], "cost"))
		return do_cost(argv + 2);
	if (argc == 2 && !strcmp(argv[1], "remote"))
		return remote_serve();
	if (argc < 5)
		return 2;
	dtc.release = argv[2];
	dtc.kernel_root = argv[3];
	file_open(argv[4]);
	if (!strcmp(argv[1], "lines"))
		return do_lines();
	if (!strcmp(argv[1], "load"))
		return do_load();
	if (argc < 6)
		return 2;
	if (!strcmp(argv[1], "at"))
		return do_at(strtoull(argv[5], NULL, 0));
	wanted = strtoull(argv[5], NULL, 0);
	seed = argc > 6 ? strtoull(argv[6], NULL, 0) : 1;
	if (!strcmp(argv[1], "all"))
		return do_all(wanted);
	visit(wanted ? 3 : 0, wanted ? random_pair : all_pairs);
	return 0;
}
