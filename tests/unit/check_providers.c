// SPDX-License-Identifier: GPL-2.0
/*
 * Providers and debuginfo without a kernel: patterns, descriptions, rates,
 * grouping, and an index and types made from a kernel root of our own, whose
 * BTF is written here.
 */
#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/unit/sample-kernel.h"
#include "translator/debuginfo/dwarf.h"
#include "translator/providers/provider.h"

static struct dtc dtc;

static void setup(void)
{
	sample_kernel_make();
	memset(&dtc, 0, sizeof(dtc));
	dtc.progname = "dtc";
	dtc.release = RELEASE;
	dtc.kernel_root = root;
}

static void teardown(void)
{
	sample_kernel_remove();
}

/* Clauses of one description list each: "a,b" */
static int resolve(const char *const *clauses, size_t n)
{
	struct clause **last;

	dtc.unit = mem_alloc(sizeof(*dtc.unit));
	last = &dtc.unit->clauses;
	for (size_t i = 0; i < n; i++) {
		struct clause *c = mem_alloc(sizeof(*c));
		struct probe_desc **d = &c->descs;
		char *text = mem_strdup(clauses[i]);

		for (char *t = strtok(text, ","); t; t = strtok(NULL, ",")) {
			*d = mem_alloc(sizeof(**d));
			(*d)->text = t;
			d = &(*d)->next;
		}
		c->index = i;
		*last = c;
		last = &c->next;
	}
	dtc.unit->nclauses = n;
	dtc.diags = NULL;
	return pass_resolve(&dtc);
}
#define RESOLVE(...) resolve((const char *const []){ __VA_ARGS__ }, ARRAY_SIZE(((const char *const []){ __VA_ARGS__ })))

START_TEST(globs)
{
	static const struct { const char *glob, *s; bool match; } rows[] = {
		{ "", "anything", true }, { "", "", true }, { "*", "", true }, { "*", "x", true }, { "a", "", false },
		{ "vfs_*", "vfs_read", true }, { "vfs_*", "vfs", false }, { "*_read", "vfs_read", true },
		{ "*a*b*", "xxaxxbxx", true }, { "*a*b*", "xxbxxaxx", false }, { "v?s", "vfs", true }, { "v?s", "vs", false },
		{ "[a-c]x", "bx", true }, { "[a-c]x", "dx", false }, { "[!a-c]x", "dx", true }, { "[^a-c]x", "ax", false },
		{ "[]]", "]", true }, { "[]-a]", "_", true }, { "[abc", "[abc", true }, { "\\*", "*", true }, { "\\*", "x", false },
		{ "a\\", "a", false }, { "[\\]]", "]", true }, { "**", "", true }, { "a*", "b", false },
		{ "*aaaaaaaaaaaaaaaaaaaab", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		ck_assert_msg(glob_match(rows[i].glob, rows[i].s) == rows[i].match, "'%s' on '%s'", rows[i].glob, rows[i].s);
	ck_assert(glob_is_pattern("a*") && glob_is_pattern("[a]") && !glob_is_pattern("vfs_read"));
}
END_TEST

START_TEST(alignment)
{
	static const struct { enum input_kind kind; const char *text, *name; } rows[] = {
		{ INPUT_SCRIPT, "BEGIN", ":::BEGIN" }, { INPUT_NAME, "read:entry", "::read:entry" },
		{ INPUT_NAME, "fbt:::", "fbt:::" }, { INPUT_NAME, "vmlinux:read:entry", ":vmlinux:read:entry" },
		{ INPUT_NAME, "a:b:c:d", "a:b:c:d" }, { INPUT_PROVIDER, "syscall", "syscall:::" },
		{ INPUT_MODULE, "ext4", ":ext4::" }, { INPUT_MODULE, "fbt:ext4", "fbt:ext4::" },
		{ INPUT_FUNCTION, "read", "::read:" }, { INPUT_FUNCTION, "syscall::read", "syscall::read:" },
		{ INPUT_NAME, "a:b:c:d:e", NULL }, { INPUT_PROVIDER, "a:b", NULL }, { INPUT_FUNCTION, "a:b:c:d", NULL },
		{ INPUT_ID, "x", NULL }, { INPUT_NAME, "99999999999", NULL }, { INPUT_NAME, "pid$target:::entry", NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct probe_desc d = { .text = rows[i].text };
		int err = probe_desc_expand(&dtc, &d, rows[i].kind);

		ck_assert_int_eq(err, rows[i].name ? 0 : -1);
		if (!err)
			ck_assert_str_eq(probe_desc_name(&d), rows[i].name);
	}
}
END_TEST

START_TEST(rates)
{
	static const struct { const char *name; u64 ns; } rows[] = {
		{ "tick-1s", 1000000000 }, { "tick-1", 1000000000 }, { "profile-997", 1003009 }, { "profile-997hz", 1003009 },
		{ "tick-10ms", 10000000 }, { "tick-10msec", 10000000 }, { "tick-200us", 200000 }, { "tick-100000ns", 100000 },
		{ "tick-100000nsec", 100000 }, { "tick-500usec", 500000 }, { "tick-5sec", 5000000000 }, { "tick-2m", 120000000000 },
		{ "tick-2min", 120000000000 }, { "tick-1h", 3600000000000 }, { "tick-1hour", 3600000000000 },
		{ "tick-1d", 86400000000000 }, { "tick-1day", 86400000000000 }, { "profile-10000", 100000 },
		{ "tick-0", 0 }, { "tick-", 0 }, { "tick-99us", 0 }, { "profile-10001", 0 }, { "tick-1x", 0 }, { "tick-1 s", 0 },
		{ "tick-99999999999999999999999d", 0 }, { "tick--1s", 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		int err = RESOLVE(rows[i].name);

		ck_assert_msg(err == (rows[i].ns ? 0 : -1), "%s", rows[i].name);
		if (err)
			continue;
		ck_assert_uint_eq(dtc.probes->nprobes, 1);
		ck_assert_uint_eq(dtc.probes->probes[0]->value, rows[i].ns);
		ck_assert_int_eq(dtc.probes->probes[0]->kind, *rows[i].name == 't' ? DTC_GROUP_TICK : DTC_GROUP_PROFILE);
	}
}
END_TEST

START_TEST(syscalls)
{
	ck_assert_int_eq(RESOLVE("syscall:::entry"), 0);
	ck_assert_uint_eq(dtc.probes->nprobes, 4);
	ck_assert_str_eq(dtc.probes->probes[3]->part[2], "newfstatat");
	ck_assert_uint_eq(dtc.probes->probes[3]->value, 5);
	ck_assert_int_eq(RESOLVE("syscall::read:,syscall::wr*:return"), 0);
	ck_assert_uint_eq(dtc.probes->nprobes, 3);
	ck_assert_int_eq(RESOLVE("syscall::raed:entry"), -1);
	ck_assert_int_eq(RESOLVE("syscall::read:exit"), -1);
	ck_assert_uint_eq(diag_errors(&dtc), 1);
}
END_TEST

/* An index found by id is the probe that has this id. */
START_TEST(ids)
{
	u32 id;

	ck_assert_int_eq(RESOLVE("fbt::node_read:return"), 0);
	id = dtc.probes->probes[0]->id;
	ck_assert_int_eq(resolve((const char *const []){ mem_printf("%u", id), "1" }, 2), 0);
	ck_assert_str_eq(dtc.probes->probes[0]->part[3], "BEGIN");
	ck_assert_str_eq(dtc.probes->probes[1]->part[2], "node_read");
	ck_assert_str_eq(dtc.probes->probes[1]->part[3], "return");
	ck_assert_int_eq(RESOLVE("4000000000"), -1);
	ck_assert_int_eq(RESOLVE("0"), -1);
}
END_TEST

static void group_is(size_t i, enum dtc_group_kind kind, u32 first, u32 count, const char *clauses)
{
	const struct probe_group *g = &dtc.probes->groups[i];
	struct text t = {};

	ck_assert_uint_gt(dtc.probes->ngroups, i);
	ck_assert_int_eq(g->kind, kind);
	ck_assert_uint_eq(g->first, first);
	ck_assert_uint_eq(g->count, count);
	for (size_t k = 0; k < g->nclauses; k++)
		text_add(&t, "%u ", g->clauses[k]);
	text_add(&t, "/");
	for (size_t k = 0; k < g->nentry_clauses; k++)
		text_add(&t, " %u", g->entry_clauses[k]);
	ck_assert_str_eq(t.data, clauses);
}

START_TEST(groups)
{
	/* clause 2 fires twice for node_read: its list names it twice */
	ck_assert_int_eq(RESOLVE("BEGIN", "fbt:::entry", "fbt::node_read:entry,node_r*:entry", "BEGIN,END", "fbt::node_free:return"), 0);
	ck_assert_uint_eq(dtc.probes->nprobes, 7);
	ck_assert_uint_eq(dtc.probes->nmatched, 1 + 4 + 2 + 2 + 1);
	ck_assert_uint_eq(dtc.probes->ngroups, 5);
	group_is(0, DTC_GROUP_BEGIN, 0, 1, "0 3 /");
	group_is(1, DTC_GROUP_END, 1, 1, "3 /");
	group_is(2, DTC_GROUP_FBT_ENTRY, 2, 2, "1 /");
	group_is(3, DTC_GROUP_FBT_ENTRY, 4, 1, "1 2 2 /");
	group_is(4, DTC_GROUP_FBT_PAIR, 5, 1, "4 / 1");
	for (u32 i = 0; i < dtc.probes->nprobes; i++)
		ck_assert_uint_eq(dtc.probes->probes[i]->row, i);
	ck_assert_str_eq(dtc.probes->probes[5]->part[3], "return");
	ck_assert_str_eq(dtc.probes->probes[6]->part[3], "entry");
	/* by name in one description, by pattern in another: not optional */
	ck_assert(!dtc.probes->probes[4]->optional && dtc.probes->probes[2]->optional);
	ck_assert_uint_eq(dtc.unit->clauses->next->next->probes->count, 1);
}
END_TEST

START_TEST(nothing_matches)
{
	ck_assert_int_eq(RESOLVE("fbt::node_raed:entry", "bogus:::", "BEGNI"), -1);
	ck_assert_uint_eq(diag_errors(&dtc), 3);	/* all, not the first */
	dtc.opt.zdefs = true;
	ck_assert_int_eq(RESOLVE("fbt::node_raed:entry", "bogus:::", "BEGNI", "tick-", "4000000000"), 0);
	ck_assert_uint_eq(dtc.probes->nprobes, 0);
	ck_assert_uint_eq(dtc.probes->ngroups, 0);
}
END_TEST

static char *index_path(void)
{
	static char path[512];
	FILE *f = popen(mem_printf("ls %s/cache/index/*.vmlinux", root), "r");

	ck_assert_ptr_nonnull(fgets(path, sizeof(path), f));
	pclose(f);
	path[strcspn(path, "\n")] = 0;
	return path;
}

/* Cut short, or with a byte changed, at every place: never a crash, always the right answer. */
START_TEST(index_damage)
{
	struct file_data good, again;
	u8 *copy;

	ck_assert_uint_eq(kernel_nfunctions_vmlinux(&dtc), 4);
	ck_assert_int_eq(file_map(index_path(), &good), 0);
	copy = malloc(good.size);
	for (size_t i = 0; i < good.size; i++) {
		struct index_file f;
		struct file_data bad = { copy, i, false };
		u64 key;

		memcpy(copy, good.data, good.size);
		memcpy(&key, good.data + 16, sizeof(key));
		ck_assert_int_eq(index_file_init(&f, &bad, key), -1);
		bad.size = good.size;
		copy[i] ^= 0x55;
		if (!index_file_init(&f, &bad, key))	/* only the BTF, which has a sum of its own */
			ck_assert_uint_ge(i, (size_t)(f.btf - copy) - 8);
	}
	memcpy(copy, good.data, good.size);
	for (size_t cut = 0; cut < 3; cut++) {
		static const size_t at[] = { 0, 40, 200 };

		dtc.kernel = NULL;
		ck_assert_int_eq(file_replace(index_path(), copy, at[cut]), 0);
		ck_assert_uint_eq(kernel_nfunctions_vmlinux(&dtc), 4);
		ck_assert_int_eq(file_map(index_path(), &again), 0);
		ck_assert(again.size == good.size && !memcmp(again.data, good.data, good.size));
		file_data_deinit(&again);
	}
	/* damage in the BTF is seen when types are asked for */
	memset(copy + good.size - 64, 0xff, 64);
	ck_assert_int_eq(file_replace(index_path(), copy, good.size), 0);
	dtc.kernel = NULL;
	ck_assert_ptr_nonnull(kernel_type(&dtc, TYPE_STRUCT, "node", NULL));
	ck_assert_uint_eq(diag_errors(&dtc), 0);
	free(copy);
}
END_TEST

START_TEST(types)
{
	struct type *t = kernel_type(&dtc, TYPE_STRUCT, "node", "vmlinux"), *f;

	ck_assert_ptr_nonnull(t);
	ck_assert_ptr_eq(t, kernel_type(&dtc, TYPE_STRUCT, "node", NULL));
	ck_assert_uint_eq(t->size, 40);
	ck_assert_ptr_nonnull(t->complete);
	t->complete(t);
	ck_assert_uint_eq(t->nmembers, 6);
	ck_assert_str_eq(t->members[0].name, "next");
	ck_assert_int_eq(t->members[0].type->kind, TYPE_POINTER);
	ck_assert_ptr_eq(t->members[0].type->ref, t);
	ck_assert_uint_eq(t->members[1].type->ref->quals, TYPE_Q_CONST);
	ck_assert(t->members[1].type->ref->is_char && t->members[1].type->ref->is_signed);
	ck_assert_uint_eq(t->members[3].bit_offset, 131);
	ck_assert_uint_eq(t->members[3].bits, 5);
	ck_assert_ptr_null(t->members[4].name);
	ck_assert_int_eq(t->members[4].type->kind, TYPE_UNION);
	ck_assert_uint_eq(t->members[5].type->count, 4);
	ck_assert_uint_eq(t->members[5].type->size, 8);

	t = kernel_type(&dtc, TYPE_ENUM, "color", NULL);
	t->complete(t);
	ck_assert(t->nenums == 2 && t->enums[0].value == -1 && t->enums[1].value == 7);
	t = kernel_type(&dtc, TYPE_TYPEDEF, "u32", NULL);
	ck_assert(t->kind == TYPE_TYPEDEF && t->size == 4 && t->ref->kind == TYPE_INT && !t->ref->is_signed);
	ck_assert_ptr_null(kernel_type(&dtc, TYPE_STRUCT, "nothing", NULL));
	ck_assert_ptr_null(kernel_type(&dtc, TYPE_UNION, "node", NULL));

	f = kernel_function_type(&dtc, "vmlinux", "node_read");
	ck_assert_int_eq(f->kind, TYPE_FUNCTION);
	ck_assert_uint_eq(f->nmembers, 2);
	ck_assert_str_eq(f->members[1].name, "len");
	ck_assert_int_eq(f->ref->kind, TYPE_INT);
	ck_assert_int_eq(kernel_function_type(&dtc, NULL, "node_free")->ref->kind, TYPE_VOID);
	/* two functions of one name: of the same types, with the names of the first; of different types: none */
	f = kernel_function_type(&dtc, NULL, "node_write");
	ck_assert_uint_eq(f->nmembers, 2);
	ck_assert_str_eq(f->members[0].name, "n");
	ck_assert_ptr_null(kernel_function_type(&dtc, NULL, "twice"));
}
END_TEST

START_TEST(missing_kernel)
{
	dtc.release = "9.9.9-none";
	ck_assert_ptr_null(kernel_get(&dtc));
	ck_assert_ptr_null(kernel_get(&dtc));
	ck_assert_uint_eq(diag_errors(&dtc), 1);
}
END_TEST

/* Headers alone do for what needs no kernel function. */
START_TEST(headers_alone)
{
	ck_assert_int_eq(unlink(mem_printf("%s/usr/lib/debug/boot/vmlinux-" RELEASE, root)), 0);
	ck_assert_int_eq(RESOLVE("BEGIN", "tick-1s", "syscall::read:entry"), 0);
	ck_assert_uint_eq(dtc.probes->nprobes, 3);
	ck_assert_int_eq(kernel_need_headers(&dtc), 0);
	ck_assert_int_eq(RESOLVE("fbt::node_read:entry"), -1);
	ck_assert_uint_eq(diag_errors(&dtc), 1);
}
END_TEST

/* A link in a root leads inside it. */
START_TEST(roots)
{
	write_text("/usr/src/there/file", "x");
	ck_assert_int_eq(symlink("/usr/src/there", mem_printf("%s/absolute", root)), 0);
	ck_assert_int_eq(symlink("../src/there/../there", mem_printf("%s/usr/lib/relative", root)), 0);
	ck_assert_int_eq(symlink("loop", mem_printf("%s/loop", root)), 0);
	ck_assert_str_eq(root_path(root, "/absolute/file"), mem_printf("%s/usr/src/there/file", root));
	ck_assert_str_eq(root_path(root, "/usr/lib/relative//file"), mem_printf("%s/usr/src/there/file", root));
	ck_assert_ptr_null(root_path(root, "/loop"));
	ck_assert_ptr_null(root_path(root, "/nowhere"));
}
END_TEST

START_TEST(unpacking)
{
	/* printf 'hello hello hello' | gzip -9n, and as a legacy lz4 frame: 6 literals, then 11 bytes from 6 back */
	static const u8 gz[] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x57, 0xc8, 0x40,
				 0x90, 0, 0x80, 0x88, 0xf9, 0xe5, 0x11, 0, 0, 0 };
	static const u8 lz4[] = { 0x02, 0x21, 0x4c, 0x18, 9, 0, 0, 0, 0x67, 'h', 'e', 'l', 'l', 'o', ' ', 6, 0 };
	static const struct { const u8 *data; size_t size; } rows[] = { { gz, sizeof(gz) }, { lz4, sizeof(lz4) } };
	size_t size;
	u8 *out;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		ck_assert_ptr_null(data_unpack(rows[i].data, rows[i].size, 0, &out, &size));
		ck_assert_uint_eq(size, 17);
		ck_assert(!memcmp(out, "hello hello hello", 17));
		free(out);
		for (size_t cut = 1; cut < 8; cut++) {
			const char *err = data_unpack(rows[i].data, rows[i].size - cut, 0, &out, &size);

			ck_assert_ptr_nonnull(err);
		}
	}
	ck_assert_ptr_nonnull(data_unpack("not packed", 10, 0, &out, &size));
}
END_TEST

static u64 argument(const struct var_loc *l)
{
	ck_assert_int_eq(l->kind, LOC_VALUE);
	ck_assert_int_eq(l->expr->op, LOC_ARG);
	return l->expr->value;
}

/* f(int, 16 bytes, long, long, 16 bytes that find one register left, long that takes it, 24 bytes, long) */
START_TEST(parameters)
{
	struct type number = { .kind = TYPE_INT, .size = 8 }, two = { .kind = TYPE_STRUCT, .size = 16 }, three = { .kind = TYPE_STRUCT, .size = 24 };
	struct member m[] = {
		{ .name = "a", .type = &number }, { .name = "pair", .type = &two }, { .name = "b", .type = &number }, { .name = "c", .type = &number },
		{ .name = "late", .type = &two }, { .name = "d", .type = &number }, { .name = "large", .type = &three }, { .name = "e", .type = &number },
	};
	struct type f = { .kind = TYPE_FUNCTION, .ref = &three, .members = m, .nmembers = ARRAY_SIZE(m) };
	const struct probe_local *names;
	struct var_loc l;

	ck_assert_uint_eq(abi_parameters(&f, 1, &names), ARRAY_SIZE(m) - 1);
	ck_assert_str_eq(names[0].name, "pair");
	abi_locate(&f, 0, 6, 0, &l);
	ck_assert_uint_eq(argument(&l), 0);
	abi_locate(&f, 0, 6, 1, &l);
	ck_assert_int_eq(l.kind, LOC_PIECES);
	ck_assert_uint_eq(l.npieces, 2);
	ck_assert_uint_eq(argument(l.pieces[0].loc), 1);
	ck_assert_uint_eq(argument(l.pieces[1].loc), 2);
	abi_locate(&f, 0, 6, 3, &l);
	ck_assert_uint_eq(argument(&l), 4);
	abi_locate(&f, 0, 6, 4, &l);	/* memory: the first words past the return address */
	ck_assert_int_eq(l.kind, LOC_ADDRESS);
	ck_assert_uint_eq(l.expr->right->value, 8);
	abi_locate(&f, 0, 6, 5, &l);
	ck_assert_uint_eq(argument(&l), 5);
	abi_locate(&f, 0, 6, 6, &l);
	ck_assert_uint_eq(l.expr->right->value, 8 + 16);
	abi_locate(&f, 0, 6, 7, &l);	/* the sixth word on the stack: arg11 */
	ck_assert_uint_eq(argument(&l), 6 + 5);
	abi_locate_result(f.ref, &l);
	ck_assert_int_eq(l.kind, LOC_ADDRESS);
	abi_locate_result(&two, &l);
	ck_assert_uint_eq(l.npieces, 2);
	ck_assert_int_eq(l.pieces[1].loc->expr->op, LOC_REG);
}
END_TEST

int main(void)
{
	const struct { const char *name; const TTest *test; } tests[] = {
		{ "globs", globs }, { "alignment", alignment }, { "rates", rates }, { "syscalls", syscalls }, { "ids", ids },
		{ "groups", groups }, { "nothing matches", nothing_matches }, { "index damage", index_damage }, { "types", types },
		{ "missing kernel", missing_kernel }, { "headers alone", headers_alone }, { "roots", roots }, { "unpacking", unpacking },
		{ "parameters", parameters },
	};
	Suite *s = suite_create("providers");
	SRunner *r;
	int failed;

	for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
		TCase *c = tcase_create(tests[i].name);

		tcase_add_checked_fixture(c, setup, teardown);
		tcase_set_timeout(c, 60);
		tcase_add_test(c, tests[i].test);
		suite_add_tcase(s, c);
	}
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? 1 : 0;
}
