// SPDX-License-Identifier: GPL-2.0
/*
 * The emitter on small trees made by hand: C that stands for D, layouts of
 * records, the metadata section read back. And the parts of the build that
 * work on text and files: recipes, names, the cache.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "translator/build/build.h"
#include "translator/emit/emitter.h"

static struct dtc dtc;
static struct tree_unit unit;
static struct probe_set probes;
static struct source script = { .name = "script.d", .text = "BEGIN\n{\n}\n", .len = 10 };
static struct source *scripts[] = { &script };
static struct probe probe;
static struct probe_group group;
static struct probe *rows[1];
static u32 clause_list[1];
static struct clause *clause;
static struct node **last;

/* --- a program of one clause on one probe --- */

static void program(enum dtc_group_kind kind)
{
	memset(&dtc, 0, sizeof(dtc));
	memset(&unit, 0, sizeof(unit));
	dtc = (struct dtc){ .progname = "dtc", .release = "6.1.0", .unit = &unit, .probes = &probes, .sources = scripts, .nsources = 1 };
	probe = (struct probe){ .id = 7, .part = { "fbt", "vmlinux", "vfs_read", "entry" }, .kind = kind, .nclauses = 1, .clauses = clause_list };
	rows[0] = &probe;
	group = (struct probe_group){ .kind = kind, .first = 0, .count = 1, .clauses = clause_list, .nclauses = 1 };
	probes = (struct probe_set){ .probes = rows, .nprobes = 1, .groups = &group, .ngroups = 1, .nmatched = 1 };
	clause = mem_alloc(sizeof(*clause));
	clause->loc = (struct loc){ &script, 1, 1, 3, 2 };
	clause->probes = mem_alloc(sizeof(*clause->probes));
	*clause->probes = (struct probe_list){ rows, 1 };
	clause->body = node_new(NODE_BLOCK, &clause->loc);
	clause->has_body = true;
	unit.clauses = clause;
	unit.nclauses = 1;
	last = &clause->body->list;
}

static struct node *expr(enum node_kind kind, struct type *type)
{
	struct node *n = node_new(kind, &clause->loc);
	n->type = type;
	return n;
}

static struct node *integer(s64 value)
{
	struct node *n = expr(NODE_INT, type_int(&dtc, 4, true));
	n->value = value;
	n->is_const = true;
	return n;
}

static struct node *string(const char *s)
{
	struct node *n = expr(NODE_STRING, type_named(&dtc, "string"));
	n->text = s;
	n->text_len = strlen(s);
	return n;
}

static struct node *builtin(const char *name)
{
	const struct builtin_var *b = builtin_var_find(name);
	struct node *n = expr(NODE_BUILTIN, strcmp(b->type, "pid_t") ? type_named(&dtc, b->type) : type_int(&dtc, 4, true));
	n->builtin = b;
	return n;
}

static struct node *binary(enum op op, struct node *l, struct node *r, struct type *type)
{
	struct node *n = expr(NODE_BINARY, type);
	n->op = op;
	n->left = l;
	n->right = r;
	return n;
}

static struct node *call(const char *name, struct node *a, struct node *b, struct node *c)
{
	struct node *n = expr(NODE_CALL, type_named(&dtc, "string"));
	n->name = name;
	n->func = func_find(name);
	n->list = a;
	if (a)
		a->next = b;
	if (b)
		b->next = c;
	return n;
}

static struct node *statement(struct node *n)
{
	struct node *s = node_new(NODE_EXPR_STMT, &clause->loc);
	s->left = n;
	return s;
}

static void add(struct node *s)
{
	*last = s;
	last = &s->next;
}

static struct var *variable(enum scope scope, const char *name, struct type *type)
{
	struct var *v = mem_alloc(sizeof(*v));
	*v = (struct var){ .name = name, .scope = scope, .type = type, .loc = clause->loc, .next = unit.vars };
	unit.vars = v;
	unit.nvars++;
	return v;
}

static struct node *use(struct var *v)
{
	struct node *n = expr(NODE_VAR, v->type);
	n->var = v;
	return n;
}

static struct node *assign(struct node *l, struct node *r)
{
	struct node *n = expr(NODE_ASSIGN, l->type);
	n->left = l;
	n->right = r;
	return n;
}

static struct node *aggregation(const char *name, const char *func, struct node *keys, struct node *value)
{
	struct agg *a = mem_alloc(sizeof(*a));
	struct node *n = expr(NODE_AGG, type_int(&dtc, 8, true));
	*a = (struct agg){ .name = name, .row = unit.naggs++, .func = func_find(func), .loc = clause->loc, .next = unit.aggs };
	for (struct node *k = keys; k; k = k->next)
		a->nkeys++;
	a->value_type = value ? value->type : NULL;
	unit.aggs = a;
	n->agg = a;
	n->list = keys;
	return assign(n, call(func, value, NULL, NULL));
}

static const char *emitted(void)
{
	ck_assert_int_eq(pass_emit(&dtc), 0);
	return mem_strndup(dtc.emitted->c.data, dtc.emitted->c.len);
}

static void has(const char *c, const char *want)
{
	ck_assert_msg(strstr(c, want) != NULL, "no '%s' in:\n%s", want, c);
}

static void lacks(const char *c, const char *what)
{
	ck_assert_msg(!strstr(c, what), "'%s' in:\n%s", what, c);
}

/* --- the metadata, read back --- */

static const void *chunk(enum dtc_chunk_type type, u64 *count)
{
	const char *meta = dtc.emitted->meta.data;
	const struct dtc_meta_header *h = (const void *)meta;
	const struct dtc_meta_chunk *c = (const void *)(h + 1);

	ck_assert_str_eq(h->magic, DTC_META_MAGIC);
	ck_assert_uint_eq(h->size, dtc.emitted->meta.len);
	for (u32 i = 0; i < h->nchunks; i++)
		if (c[i].type == type) {
			ck_assert_uint_eq(c[i].offset % 8, 0);
			ck_assert_uint_le(c[i].offset + c[i].count * c[i].row_size, h->size);
			*count = c[i].count;
			return meta + c[i].offset;
		}
	ck_abort_msg("no chunk %d", type);
}

static const char *text_at(u32 offset)
{
	u64 n;
	const char *s = chunk(DTC_CHUNK_STRINGS, &n);
	ck_assert_uint_lt(offset, n);
	return s + offset;
}

START_TEST(empty_clause_is_the_default_action)
{
	u64 n;

	program(DTC_GROUP_BEGIN);
	const char *c = emitted();
	has(c, "dtc_reserve(c, 16)");
	has(c, "dtc_commit(c, r, 16)");
	has(c, "DTC_FIRE(0, DTC_KIND_BEGIN, group_0(c))");
	const struct dtc_meta_action *a = chunk(DTC_CHUNK_ACTIONS, &n);
	ck_assert_uint_eq(n, 1);
	ck_assert_uint_eq(a->kind, DTC_ACT_DEFAULT);
	const struct dtc_meta_general *g = chunk(DTC_CHUNK_GENERAL, &n);
	ck_assert_str_eq(text_at(g->release), "6.1.0");
	ck_assert_str_eq(text_at(g->template_name), DTC_TEMPLATE_NAME);
	const struct dtc_meta_probe *p = chunk(DTC_CHUNK_PROBES, &n);
	ck_assert_uint_eq(n, 1);
	ck_assert_uint_eq(p->id, 7);
	ck_assert_str_eq(text_at(p->function), "vfs_read");
	const struct dtc_meta_file *f = chunk(DTC_CHUNK_FILES, &n);
	ck_assert_str_eq(text_at(f->text), script.text);
}
END_TEST

/* Fields are aligned to their size; constants and parts of the probe's name take no room. */
START_TEST(record_layout)
{
	u64 n;

	program(DTC_GROUP_FBT_ENTRY);
	struct node *args = builtin("pid");
	args->next = builtin("arg0");
	args->next->next = builtin("execname");
	args->next->next->next = string("constant");
	args->next->next->next->next = builtin("probefunc");
	struct node *format = string("%d %d %s %s %s\n");
	struct node *p = call("printf", format, NULL, NULL);
	format->next = args;
	add(statement(p));
	add(statement(call("trace", integer(-5), NULL, NULL)));
	emitted();
	const struct dtc_meta_field *f = chunk(DTC_CHUNK_FIELDS, &n);
	ck_assert_uint_eq(n, 6);
	ck_assert_uint_eq(f[0].kind, DTC_FIELD_INT);
	ck_assert_uint_eq(f[0].offset, 16);
	ck_assert_uint_eq(f[0].size, 4);
	ck_assert_uint_eq(f[1].offset, 24);
	ck_assert_uint_eq(f[1].size, 8);
	ck_assert_uint_eq(f[2].kind, DTC_FIELD_COMM);
	ck_assert_uint_eq(f[2].offset, 32);
	ck_assert_uint_eq(f[3].kind, DTC_FIELD_CONST);
	ck_assert_str_eq(text_at(f[3].value), "constant");
	ck_assert_uint_eq(f[4].kind, DTC_FIELD_PROBE);
	ck_assert_uint_eq(f[4].flags, DTC_PART_FUNCTION);
	ck_assert_uint_eq(f[5].kind, DTC_FIELD_CONST);
	ck_assert_int_eq(f[5].value, -5);
	const struct dtc_meta_block *b = chunk(DTC_CHUNK_BLOCKS, &n);
	ck_assert_uint_eq(n, 1);
	ck_assert_uint_eq(b->size, 48);
	ck_assert_uint_eq(b->nactions, 2);
	const struct dtc_meta_action *a = chunk(DTC_CHUNK_ACTIONS, &n);
	ck_assert_str_eq(text_at(a[0].format), "%d %d %s %s %s\n");
	ck_assert_uint_eq(a[1].ordinal, 2);
}
END_TEST

/* printf; if (x) printf; else trace; printf: four runs, each with its block, in one reservation of the most. */
START_TEST(blocks_around_if)
{
	u64 n;

	program(DTC_GROUP_FBT_ENTRY);
	struct node *choice = node_new(NODE_IF, &clause->loc);
	choice->left = builtin("arg0");
	choice->right = node_new(NODE_BLOCK, &clause->loc);
	choice->right->list = statement(call("printf", string("%d"), builtin("arg1"), NULL));
	choice->third = node_new(NODE_BLOCK, &clause->loc);
	choice->third->list = statement(call("trace", builtin("execname"), NULL, NULL));
	add(statement(call("printf", string("a"), NULL, NULL)));
	add(choice);
	add(statement(call("printf", string("b"), NULL, NULL)));
	const char *c = emitted();
	has(c, "dtc_reserve(c, 64)");	/* 16 + max(24, 32) + 16 */
	has(c, "dtc_commit(c, r, len)");
	const struct dtc_meta_block *b = chunk(DTC_CHUNK_BLOCKS, &n);
	ck_assert_uint_eq(n, 4);
	ck_assert_uint_eq(b[0].size, 16);
	ck_assert_uint_eq(b[1].size, 24);
	ck_assert_uint_eq(b[2].size, 32);
	ck_assert_uint_eq(b[3].size, 16);
	const struct dtc_meta_clause *cl = chunk(DTC_CHUNK_CLAUSES, &n);
	ck_assert_uint_eq(cl->nblocks, 4);
}
END_TEST

START_TEST(what_records_nothing_reserves_nothing)
{
	u64 n;

	program(DTC_GROUP_FBT_ENTRY);
	add(statement(aggregation("_", "count", NULL, NULL)));
	const char *c = emitted();
	lacks(c, "dtc_reserve");
	has(c, "dtc_agg_fixed(c, 16)");
	lacks(c, "DTC_GROUP_NEEDS_PROBE");
	const struct dtc_meta_block *b = chunk(DTC_CHUNK_BLOCKS, &n);
	ck_assert_uint_eq(n, 1);
	ck_assert_uint_eq(b->size, 0);
	const struct dtc_meta_agg *a = chunk(DTC_CHUNK_AGGS, &n);
	ck_assert_uint_eq(a->offset, 16);
	ck_assert_str_eq(text_at(a->name), "_");
}
END_TEST

START_TEST(keys)
{
	u64 n;

	program(DTC_GROUP_FBT_ENTRY);
	struct node *k = builtin("execname");
	k->next = builtin("probefunc");
	k->next->next = string("abc");
	k->next->next->next = builtin("pid");
	add(statement(aggregation("a", "sum", k, builtin("arg0"))));
	const char *c = emitted();
	has(c, "= { 0, 0, dtc_probe(c), 3, 0x636261ull, (dtc_u64)(dtc_s64)dtc_pid(c) }");
	has(c, ", 6, 2);");	/* words of the key and of the data, known to the compiler */
	const struct dtc_meta_agg *a = chunk(DTC_CHUNK_AGGS, &n);
	const struct dtc_meta_field *f = chunk(DTC_CHUNK_FIELDS, &n);
	ck_assert_uint_eq(a->nkeys, 4);
	ck_assert_uint_eq(f[a->first_key].kind, DTC_FIELD_COMM);
	ck_assert_uint_eq(f[a->first_key + 1].kind, DTC_FIELD_PROBE);
	ck_assert_uint_eq(f[a->first_key + 2].kind, DTC_FIELD_STRING);
	ck_assert_uint_eq(f[a->first_key + 3].kind, DTC_FIELD_INT);
}
END_TEST

/* A key that is execname here and another string there is a string everywhere. */
START_TEST(keys_of_two_kinds)
{
	program(DTC_GROUP_FBT_ENTRY);
	struct node *first = aggregation("a", "count", builtin("execname"), NULL), *other = expr(NODE_AGG, first->type);
	other->agg = first->left->agg;
	other->list = string("other");
	add(statement(first));
	add(statement(assign(other, call("count", NULL, NULL, NULL))));
	const char *c = emitted();
	has(c, "dtc_key_string(");
	has(c, "{ 5, 0x726568746full }");
}
END_TEST

START_TEST(division)
{
	struct type *t;

	program(DTC_GROUP_FBT_ENTRY);
	t = type_int(&dtc, 8, true);
	add(statement(call("trace", binary(OP_DIV, builtin("arg0"), builtin("arg1"), t), NULL, NULL)));
	add(statement(call("trace", binary(OP_DIV, builtin("arg0"), integer(8), t), NULL, NULL)));
	const char *c = emitted();
	has(c, "DTC_FAULT(c, 4, 0, 0)");
	has(c, "== -1 ? -");
	has(c, "/ 8ll)");
	lacks(c, "DTC_FAULT(c, 4, 0, 1)");
}
END_TEST

START_TEST(comparisons_in_place)
{
	program(DTC_GROUP_FBT_ENTRY);
	struct type *t = type_int(&dtc, 4, true);
	clause->predicate = binary(OP_EQ, builtin("execname"), string("top"), t);
	add(statement(call("trace", binary(OP_EQ, builtin("probefunc"), string("vfs_read"), t), NULL, NULL)));
	const char *c = emitted();
	has(c, "dtc_comm_equal(dtc_comm(c), 0x706f74ull, 0xffffffffull, 0x0ull, 0x0ull)");
	lacks(c, "dtc_strcmp");		/* the clause has one probe: the answer is known */
	lacks(c, "dtc_probe_part");
}
END_TEST

/* `self->t = 0` never makes a block; a value that may be 0 makes one only when it is not. */
START_TEST(thread_local)
{
	program(DTC_GROUP_FBT_ENTRY);
	struct var *v = variable(SCOPE_SELF, "t", type_int(&dtc, 8, false));
	add(statement(assign(use(v), builtin("timestamp"))));
	add(statement(assign(use(v), integer(0))));
	const char *c = emitted();
	has(c, "? dtc_self_make(c, &self) : dtc_self_get(c, &self)");
	has(c, "= dtc_self_get(c, &self);");
	has(c, "sizeof(struct dtc_self_vars)");
}
END_TEST

/* The left operand keeps its value when the right one changes it. */
START_TEST(order_of_evaluation)
{
	program(DTC_GROUP_BEGIN);
	struct type *t = type_int(&dtc, 8, true);
	struct var *v = variable(SCOPE_GLOBAL, "x", t);
	struct node *inc = expr(NODE_UNARY, t);
	inc->op = OP_INC;
	inc->left = use(v);
	add(statement(call("trace", binary(OP_ADD, use(v), inc, t), NULL, NULL)));
	const char *c = emitted();
	const char *spill = strstr(c, "dtc_s64 t2 = g_x;"), *store = strstr(c, "g_x = t1;");
	ck_assert_ptr_nonnull(spill);
	ck_assert_ptr_nonnull(store);
	ck_assert(spill < store);
}
END_TEST

START_TEST(comments_stay_comments)
{
	static const char text[] = "BEGIN { trace(1 */* 2 */ 3); }\n";

	program(DTC_GROUP_BEGIN);
	struct source s = { .name = "x.d", .text = text, .len = sizeof(text) - 1 };
	struct node *st = statement(call("trace", integer(3), NULL, NULL));
	st->loc = (struct loc){ &s, 1, 9, 1, 30 };
	add(st);
	const char *c = strstr(emitted(), "/* 1: ");
	ck_assert_ptr_nonnull(c);
	ck_assert_ptr_eq(strstr(c, "*/"), strchr(c, '\n') - 2);
}
END_TEST

/* --- build --- */

START_TEST(words)
{
	struct args a = { 0 };

	words_split(" gcc -DX='\"a b\"' \"-DY(s)=$(pound)s\" a\\ b $$v -o x.o  x.c ; objtool x.o", &a);
	ck_assert_uint_eq(a.n, 8);
	ck_assert_str_eq(a.v[1], "-DX=\"a b\"");
	ck_assert_str_eq(a.v[2], "-DY(s)=#s");
	ck_assert_str_eq(a.v[3], "a b");
	ck_assert_str_eq(a.v[4], "$v");
	ck_assert_str_eq(a.v[7], "x.c");
}
END_TEST

static char folder[64];

static const char *in_folder(const char *name, const char *text)
{
	const char *path = mem_printf("%s/%s", folder, name);
	if (text)
		ck_assert_int_eq(file_replace(path, text, strlen(text)), 0);
	return path;
}

START_TEST(recipe)
{
	struct recipe r = { 0 }, again = { 0 };

	in_folder(".blank.o.cmd", "savedcmd_blank.o := gcc-14 -Wp,-MMD,.blank.o.d -nostdinc -I./include -include k.h -D__KERNEL__ -Wall -Wa,--x "
		  "-mcmodel=kernel -O2 -pg -mfentry -fpatchable-function-entry=16,16 -DM -c -o blank.o blank.c ; ./tools/objtool/objtool --orc --module blank.o\n");
	in_folder(".dtc_template.ko.cmd", "savedcmd_dtc_template.ko := ld -r -m elf_x86_64 --build-id=sha1 -T /b/module.lds -o dtc_template.ko "
		  "dtc_template.o dtc_template.mod.o .module-common.o\n");
	ck_assert_int_eq(recipe_make(&dtc, "/b", folder, &r), 0);
	ck_assert_int_eq(recipe_write(&r, in_folder("recipe", NULL)), 0);
	ck_assert_int_eq(recipe_read(in_folder("recipe", NULL), &again), 0);
	ck_assert_str_eq(again.cc.v[0], "gcc-14");
	ck_assert_str_eq(again.cc.v[1], "-nostdinc");
	ck_assert_str_eq(again.cc.v[2], "-Wa,--x");
	ck_assert_str_eq(again.cc.v[3], "-mcmodel=kernel");
	ck_assert_str_eq(again.cc.v[5], "-fpatchable-function-entry=16,16");
	ck_assert_str_eq(again.objtool.v[0], mem_printf("%s/tools/objtool/objtool", folder));	/* relative: it ran in the module's folder */
	ck_assert_uint_eq(again.objtool.n, 3);
	ck_assert_uint_eq(r.objects.n, 2);
	ck_assert_str_eq(r.objects.v[1], mem_printf("%s/.module-common.o", folder));
	ck_assert_int_ne(recipe_read(in_folder("cut", "cgcc\nlld\n"), &again), 0);
}
END_TEST

START_TEST(cache)
{
	setenv("DTC_CACHE", folder, 1);
	const char *path = in_folder("m.ko", NULL);
	ck_assert(!cache_module_good(path));
	ck_assert_int_eq(dir_make(in_folder("scripts", NULL)), 0);
	path = in_folder("scripts/m.ko", NULL);
	ck_assert_int_eq(cache_module_put(path, "module", 6), 0);
	ck_assert(cache_module_good(path));
	struct stat st;
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(truncate(path, st.st_size - 1), 0);
	ck_assert(!cache_module_good(path));
	struct file_data f;
	ck_assert_int_eq(cache_module_put(path, "module", 6), 0);
	ck_assert_int_eq(file_read(path, &f), 0);
	((char *)f.data)[2] ^= 1;
	ck_assert_int_eq(file_replace(path, f.data, f.size), 0);
	ck_assert(!cache_module_good(path));
}
END_TEST

START_TEST(names)
{
	ck_assert(module_name_good("my_probe1"));
	ck_assert(!module_name_good(""));
	ck_assert(!module_name_good("a-b"));
	ck_assert(!module_name_good("../x"));
	ck_assert(!module_name_good("a123456789012345678901234567890123456789012345678901234567890"));
}
END_TEST

START_TEST(strings_are_kept_once)
{
	struct strtab t = { 0 };
	u32 a = strtab_add(&t, ""), b = strtab_add(&t, "one"), last_one = 0;

	ck_assert_uint_eq(a, 0);
	for (int i = 0; i < 5000; i++)
		last_one = strtab_add(&t, mem_printf("s%d", i));
	ck_assert_uint_eq(strtab_add(&t, "one"), b);
	ck_assert_uint_eq(strtab_add(&t, "s4999"), last_one);
	ck_assert_uint_eq(strtab_add_n(&t, "ones", 3), b);
	ck_assert_str_eq(t.text.data + b, "one");
}
END_TEST

int main(void)
{
	Suite *s = suite_create("emit");
	TCase *emit = tcase_create("emit"), *build = tcase_create("build");

	strcpy(folder, "/tmp/check_emit-XXXXXX");
	if (!mkdtemp(folder))
		return 1;
	tcase_add_test(emit, empty_clause_is_the_default_action);
	tcase_add_test(emit, record_layout);
	tcase_add_test(emit, blocks_around_if);
	tcase_add_test(emit, what_records_nothing_reserves_nothing);
	tcase_add_test(emit, keys);
	tcase_add_test(emit, keys_of_two_kinds);
	tcase_add_test(emit, division);
	tcase_add_test(emit, comparisons_in_place);
	tcase_add_test(emit, thread_local);
	tcase_add_test(emit, order_of_evaluation);
	tcase_add_test(emit, comments_stay_comments);
	tcase_add_test(emit, strings_are_kept_once);
	tcase_add_test(build, words);
	tcase_add_test(build, recipe);
	tcase_add_test(build, cache);
	tcase_add_test(build, names);
	suite_add_tcase(s, emit);
	suite_add_tcase(s, build);
	SRunner *r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	int failed = srunner_ntests_failed(r);
	srunner_free(r);
	dir_remove(folder);
	return failed != 0;
}
