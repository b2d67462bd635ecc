// SPDX-License-Identifier: GPL-2.0
/*
 * The checker: types, conversions, constants, and the tag and place of each
 * error of small scripts. The kernel is a fake one with two structures; clauses
 * get probes of a fake provider.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "translator/debuginfo/kernel.h"
#include "translator/providers/provider.h"
#include "translator/sema/types.h"
#include "translator/syntax/parser.h"

static struct dtc dtc;

/* --- the kernel --- */

static struct member file_members[3], list_members[2], inner_members[1];
static struct type inner = { .kind = TYPE_UNION, .size = 8, .members = inner_members, .nmembers = 1 };
static struct type file = { .kind = TYPE_STRUCT, .name = "file", .module = "vmlinux", .size = 32, .members = file_members, .nmembers = 3 };
static struct type list = { .kind = TYPE_STRUCT, .name = "list_head", .module = "vmlinux", .size = 16, .members = list_members, .nmembers = 2 };

static void make_kernel(void)
{
	inner_members[0] = (struct member){ .name = "f_inode", .type = type_pointer_to(&dtc, &file) };
	file_members[0] = (struct member){ .name = "f_count", .type = type_int(&dtc, 4, true) };
	file_members[1] = (struct member){ .name = "f_flag", .type = type_int(&dtc, 4, false), .bit_offset = 35, .bits = 3 };
	file_members[2] = (struct member){ .name = NULL, .type = &inner, .bit_offset = 64 };
	list_members[0] = (struct member){ .name = "next", .type = type_pointer_to(&dtc, &list) };
	list_members[1] = (struct member){ .name = "prev", .type = type_pointer_to(&dtc, &list), .bit_offset = 64 };
}

struct type *kernel_type(struct dtc *d, enum type_kind kind, const char *name, const char *module)
{
	(void)d;
	(void)module;
	if (kind != TYPE_STRUCT)
		return NULL;
	return !strcmp(name, "file") ? &file : !strcmp(name, "list_head") ? &list : NULL;
}

struct type *kernel_variable_type(struct dtc *d, const char *module, const char *name, bool *is_percpu)
{
	(void)module;
	*is_percpu = false;
	return strcmp(name, "jiffies") ? NULL : type_int(d, 8, false);
}

bool kernel_symbol_exists(struct dtc *d, const char *name, bool quick)
{
	(void)d;
	(void)quick;
	return strcmp(name, "no_such_symbol") != 0;
}

struct type *kernel_function_type(struct dtc *d, const char *module, const char *name)
{
	(void)d;
	(void)module;
	(void)name;
	return NULL;
}

static struct type *fake_arg_type(struct dtc *d, const struct probe *p, unsigned n)
{
	if (n == 0)
		return p->id == 1 ? type_pointer_to(d, &file) : type_pointer_to(d, &list);
	return n == 1 ? type_int(d, 8, false) : NULL;
}

static unsigned fake_nargs(struct dtc *d, const struct probe *p)
{
	(void)d;
	(void)p;
	return 2;
}

static const struct provider fake_provider = { .name = "fbt", .arg_type = fake_arg_type, .nargs = fake_nargs };
static struct probe first_probe = { .id = 1, .part = { "fbt", "vmlinux", "vfs_read", "entry" }, .provider = &fake_provider };
static struct probe second_probe = { .id = 2, .part = { "fbt", "vmlinux", "list_add", "entry" }, .provider = &fake_provider };
static struct probe *rows[] = { &first_probe, &second_probe };

/* --- checking a script --- */

static char shown[65536];

/* A clause whose description names list_add is of both probes. */
static void give_probes(struct tree_unit *unit)
{
	struct clause *c;

	for (c = unit->clauses; c; c = c->next) {
		c->probes = mem_alloc(sizeof(*c->probes));
		c->probes->probes = rows;
		c->probes->count = c->descs && c->descs->text && strstr(c->descs->text, "list_add") ? 2 : 1;
	}
}

static int check_script(const char *text)
{
	struct source *src;
	FILE *f;
	int rc;

	memset(&dtc, 0, sizeof(dtc));
	dtc.progname = "dtc";
	dtc.opt.strsize = 256;
	dtc.opt.errtags = true;
	make_kernel();
	parse_is_type_name = type_is_name;
	src = source_new(&dtc, "t.d", text, strlen(text));
	rc = parse_source(&dtc, src, NULL);
	if (dtc.unit) {
		give_probes(dtc.unit);
		rc |= pass_check(&dtc);
	}
	f = fmemopen(shown, sizeof(shown), "w");
	diag_show(&dtc, f);
	fclose(f);
	return rc;
}

/* The first clause's n-th statement, its expression. */
static struct node *statement(unsigned n)
{
	struct node *s = dtc.unit->clauses->body->list;

	while (n-- && s)
		s = s->next;
	ck_assert_ptr_nonnull(s);
	return s->kind == NODE_EXPR_STMT ? s->left : s;
}

static struct node *traced(const char *expr)
{
	const char *text = mem_printf("BEGIN { trace(%s); }", expr);

	ck_assert_msg(!check_script(text), "%s: %s", text, shown);
	return statement(0)->list;
}

static const char *type_of(const char *expr)
{
	return type_name(&dtc, traced(expr)->type, NULL);
}

/* --- types --- */

START_TEST(types_written_as_c_does)
{
	struct type *t;

	memset(&dtc, 0, sizeof(dtc));
	t = type_from_text(&dtc, "const char *");
	ck_assert_str_eq(type_name(&dtc, t, NULL), "const char *");
	ck_assert_str_eq(type_name(&dtc, type_array_of(&dtc, t, 4), "x"), "const char *x[4]");
	ck_assert_str_eq(type_name(&dtc, type_pointer_to(&dtc, type_array_of(&dtc, type_int(&dtc, 4, true), 3)), "p"), "int (*p)[3]");
	ck_assert_ptr_null(type_from_text(&dtc, "no_such_t *"));
	ck_assert(type_is_strcompat(t) && !type_is_string(t));
	ck_assert(type_is_string(type_named(&dtc, "string")));
	ck_assert(!type_is_strcompat(type_from_text(&dtc, "uint8_t *")));
}
END_TEST

START_TEST(conversions)
{
	ck_assert_str_eq(type_of("'a'"), "int");
	ck_assert_str_eq(type_of("(char)1 + (short)1"), "short");
	ck_assert_str_eq(type_of("1u + 1"), "unsigned int");
	ck_assert_str_eq(type_of("1u + 1l"), "long");
	ck_assert_str_eq(type_of("1ul + 1l"), "unsigned long");
	ck_assert_str_eq(type_of("pid + 1"), "int");
	ck_assert_str_eq(type_of("timestamp"), "uint64_t");
	ck_assert_str_eq(type_of("timestamp - 1"), "unsigned long");
	ck_assert_str_eq(type_of("arg0 < 5"), "int");
	ck_assert_str_eq(type_of("4294967295"), "long");
	ck_assert_str_eq(type_of("0xffffffff"), "unsigned int");
	ck_assert_str_eq(type_of("4294967296"), "long");
	ck_assert_str_eq(type_of("-2147483648"), "long");
	ck_assert_str_eq(type_of("-2147483649"), "long");
	ck_assert_str_eq(type_of("-9223372036854775808"), "long");
	ck_assert_str_eq(type_of("-0x80000000"), "unsigned int");
	ck_assert_str_eq(type_of("~(char)1"), "char");
	ck_assert_str_eq(type_of("(unsigned char)1 << 9"), "unsigned char");
	ck_assert_str_eq(type_of("(char)1 + (unsigned char)1"), "unsigned char");
	ck_assert_str_eq(type_of("execname[1]"), "char");
	ck_assert_str_eq(type_of("execname"), "string");
	ck_assert_str_eq(type_of("pid ? 1 : 2l"), "long");
	ck_assert_str_eq(type_of("pid ? \"a\" : execname"), "string");
	ck_assert_str_eq(type_of("(struct file *)arg0 + 1"), "struct file *");
	ck_assert_str_eq(type_of("(int *)arg0 - (int *)arg1"), "long");
	ck_assert_str_eq(type_of("sizeof(int)"), "size_t");
	ck_assert_str_eq(type_of("*(int *)arg0"), "int");
	ck_assert_str_eq(type_of("strlen(execname)"), "size_t");
	ck_assert_str_eq(type_of("$target"), "pid_t");
}
END_TEST

static const struct { const char *expr; s64 value; } foldings[] = {
	{ "1 + 2 * 3", 7 }, { "-7 / 2", -3 }, { "-7 % 3", -1 }, { "7u / 2", 3 }, { "-1 >> 1", -1 },
	{ "-1ul >> 63", 1 }, { "1 << 40", 1ll << 40 }, { "~0", -1 }, { "!5", 0 }, { "!!5", 1 },
	{ "-1 < 1", 1 }, { "-1 < 1ul", 0 }, { "1 ^^ 1", 0 }, { "1 ^^ 0", 1 }, { "5 & 3 | 8 ^ 1", 9 },
	{ "(char)300", 44 }, { "(uint8_t)-1", 255 }, { "(signed char)255", -1 }, { "(int)4294967297", 1 },
	{ "(_Bool)4", 1 }, { "1 ? 2 : 3", 2 }, { "sizeof(string)", 256 }, { "sizeof(struct file)", 32 },
	{ "offsetof(struct list_head, prev)", 8 }, { "offsetof(struct file, f_inode)", 8 },
	{ "0x7fffffff + 1", 0x80000000ll }, { "(-9223372036854775807l - 1) / -1", INT64_MIN },
	{ "(-9223372036854775807l - 1) % -1", 0 }, { "1 << 64", 1 }, { "sizeof(1 + 1l)", 8 },
};

START_TEST(folding)
{
	struct node *n = traced(foldings[_i].expr);

	ck_assert_msg(n->is_const && (s64)n->value == foldings[_i].value, "%s is %lld", foldings[_i].expr, (long long)n->value);
}
END_TEST

/* --- the tree the emitter sees --- */

START_TEST(variables)
{
	struct var *v;

	ck_assert(!check_script("int d; self string s; int a[string, int];\n"
				"BEGIN { x = 5; x = 6l; self->t = timestamp; this->p = &`jiffies; }") ||
		  strstr(shown, "D_SYM_BADREF"));
	ck_assert(!check_script("int d; self string s; int a[string, int];\n"
				"BEGIN { x = 5; self->t = timestamp; this->i = pid; b[execname, 1] = \"v\"; y++; z += 2; }"));
	v = dtc.unit->vars;
	ck_assert_str_eq(v->name, "d");
	ck_assert(v->is_declared && v->id == 0);
	v = v->next->next;
	ck_assert(v->is_assoc && v->nkeys == 2 && v->id == 0 && type_is_string(v->key_types[0]));
	v = v->next;
	ck_assert_str_eq(type_name(&dtc, v->type, v->name), "int x");
	ck_assert_uint_eq(v->id, 1);
	v = v->next;
	ck_assert(v->scope == SCOPE_SELF && v->id == 1);
	ck_assert_str_eq(type_name(&dtc, v->type, NULL), "uint64_t");
	v = v->next->next;
	ck_assert(v->is_assoc && v->id == 1 && type_is_string(v->type) && type_is_string(v->key_types[0]));
	ck_assert_str_eq(type_name(&dtc, v->next->type, NULL), "int64_t");
	ck_assert_str_eq(type_name(&dtc, v->next->next->type, NULL), "int64_t");
	ck_assert_uint_eq(dtc.unit->nvars, 9);
}
END_TEST

START_TEST(aggregations)
{
	struct agg *a;

	ck_assert_msg(!check_script("BEGIN { @ = count(); @l[execname, stack(3)] = lquantize(arg0, 0, 100, 10); @l[\"x\", stack(3)] = lquantize(1, 0, 100, 10); }\n"
				    "END { printa(@l); printa(\"%s %k %@d\\n\", @l); trunc(@l, 5); clear(@); normalize(@l, 1000); }"), "%s", shown);
	a = dtc.unit->aggs;
	ck_assert_str_eq(a->name, "_");
	ck_assert(a->row == 0 && a->nkeys == 0 && a->func->id == FN_COUNT);
	a = a->next;
	ck_assert(a->row == 1 && a->nkeys == 2 && a->args[1] == 100 && a->args[2] == 10 && !a->next);
	ck_assert_ptr_eq(statement(2)->left->agg, a);
}
END_TEST

START_TEST(members)
{
	struct node *n = traced("((struct file *)arg0)->f_inode->f_flag");

	ck_assert(n->kind == NODE_MEMBER && n->is_arrow && n->bit_offset == 35 && n->member->bits == 3);
	ck_assert_uint_eq(n->left->bit_offset, 64);
	ck_assert(!check_script("fbt::vfs_read:entry { trace(args[0]->f_count); }"));
	ck_assert_str_eq(type_name(&dtc, statement(0)->list->type, NULL), "int");
	ck_assert(!check_script("struct s { char a; int b : 3, c : 30; long d; } v; typedef struct s s_t;\n"
				"BEGIN { trace(sizeof(s_t)); trace(offsetof(s_t, d)); v.d = 1; trace(v.b); }"));
	ck_assert_int_eq(statement(0)->list->value, 16);
	ck_assert_int_eq(statement(1)->list->value, 8);
}
END_TEST

START_TEST(inlines_and_translators)
{
	ck_assert_msg(!check_script("inline int N = 5; inline string S = \"s\"; inline int twice(int x) = x * 2; enum { RED, BLUE = 7 };\n"
				    "BEGIN { trace(N + 1); trace(S); trace(twice(N)); trace(BLUE); trace(twice(pid)); }"), "%s", shown);
	ck_assert(statement(0)->list->is_const && statement(0)->list->value == 6);
	ck_assert_int_eq(statement(1)->list->kind, NODE_STRING);
	ck_assert_int_eq(statement(2)->list->value, 10);
	ck_assert_int_eq(statement(3)->list->value, 7);
	ck_assert(!statement(4)->list->is_const);
	ck_assert_msg(!check_script("typedef struct info { int count; string name; } info_t;\n"
				    "translator info_t < struct file *F > { count = F->f_count; name = \"f\"; };\n"
				    "BEGIN { trace(xlate<info_t>((struct file *)arg0).count); trace(xlate<info_t *>((struct file *)arg0)->name); }"), "%s", shown);
	ck_assert_int_eq(statement(1)->list->kind, NODE_STRING);
}
END_TEST

START_TEST(macros)
{
	ck_assert(!check_script("BEGIN { trace($pid); trace($target + 1); }"));
	ck_assert_int_eq(statement(0)->list->kind, NODE_MACRO);
}
END_TEST

/* --- errors: `TAG LINE:COLUMN`, in order --- */

static const struct { const char *script, *errors; } mistakes[] = {
	{ "BEGIN { trace(execnam); }", "D_IDENT_UNDEF 1:15" },
	{ "BEGIN { trace(x); trace(x);\n trace(y + z); }", "D_IDENT_UNDEF 1:15 D_IDENT_UNDEF 2:8 D_IDENT_UNDEF 2:12" },
	{ "BEGIN { trace(self->x); self->x = 1; }", "D_VAR_UNDEF 1:15" },
	{ "BEGIN { x = 1; x = \"s\"; }", "D_OP_INCOMPAT 1:16" },
	{ "BEGIN { s = \"a\"; s = 0; s = 1; }", "D_OP_INCOMPAT 1:25" },
	{ "BEGIN { pid = 1; 5 = 6; pid++; 4++; }", "D_OP_WRITE 1:9 D_OP_LVAL 1:18 D_OP_WRITE 1:25 D_OP_LVAL 1:32" },
	{ "BEGIN { trace(1 / 0); x = 4; x %= 0; }", "D_DIV_ZERO 1:15 D_DIV_ZERO 1:30" },
	{ "BEGIN { trace(\"a\" * 2); trace(-\"a\"); trace(~\"a\"); trace(!\"a\"); trace(\"a\" % 1); trace(\"a\" && 1); }",
	  "D_OP_ARITH 1:15 D_OP_ARITH 1:31 D_OP_INT 1:44 D_OP_SCALAR 1:57 D_OP_INT 1:70 D_OP_SCALAR 1:86" },
	{ "BEGIN { trace(\"a\" + 1); trace(\"a\" == 1); trace((int *)1 + (int *)2); }",
	  "D_OP_INCOMPAT 1:15 D_OP_INCOMPAT 1:31 D_OP_INCOMPAT 1:48" },
	{ "BEGIN { trace(*5); trace(*(void *)5); trace(&pid); trace(&5); }", "D_DEREF_NONPTR 1:15 D_DEREF_VOID 1:26 D_ADDROF_VAR 1:45 D_ADDROF_LVAL 1:58" },
	{ "BEGIN { trace(pid->x); trace(curthread.pid); }", "D_OP_PTR 1:15 D_OP_SOU 1:30" },
	{ "BEGIN { trace(((struct file *)1)->f_cuont); trace(&((struct file *)1)->f_flag); }", "D_TYPE_MEMBER 1:15 D_ADDROF_BITFIELD 1:51" },
	{ "BEGIN { trace(sizeof(((struct file *)1)->f_flag)); trace(sizeof(void)); trace(offsetof(struct file, f_flag)); trace(offsetof(int, x)); }",
	  "D_SIZEOF_BITFIELD 1:15 D_SIZEOF_TYPE 1:58 D_OFFSETOF_BITFIELD 1:79 D_OFFSETOF_TYPE 1:117" },
	{ "BEGIN { trace((int)execname); trace((struct file)1); }", "D_CAST_INVAL 1:15 D_CAST_INVAL 1:37" },
	{ "BEGIN { a[1, 2] = 3; a[1] = 3; a[\"x\", 1] = 3; a = 4; b = 1; b[1] = 2; }",
	  "D_PROTO_LEN 1:22 D_PROTO_ARG 1:34 D_IDENT_BADREF 1:47 D_DEREF_NONPTR 1:61" },
	{ "BEGIN { a[stack()] = 1; this->b[1] = 1; }", "D_KEY_TYPE 1:11 D_ARR_LOCAL 1:25" },
	{ "BEGIN { trace(strln(\"a\")); trace(strlen(1)); trace(strlen()); trace(pid(1)); trace(strlen); }",
	  "D_FUNC_UNDEF 1:15 D_PROTO_ARG 1:41 D_PROTO_LEN 1:52 D_FUNC_IDKIND 1:69 D_IDENT_BADREF 1:84" },
	{ "BEGIN { printf(\"%d\\n\"); printf(\"%d\", 1, 2); printf(\"%s\", 1); printf(\"%d\", execname); printf(1); printf(\"\"); }",
	  "D_PRINTF_ARG_PROTO 1:9 D_PRINTF_ARG_EXTRA 1:41 D_PRINTF_ARG_TYPE 1:58 D_PRINTF_ARG_TYPE 1:75 D_PROTO_ARG 1:93 D_PRINTF_FMT_EMPTY 1:104" },
	{ "BEGIN { printf(\"%*d\", execname, 1); printf(\"%*d\"); @a = count(); printf(\"%@d\", @a); }",
	  "D_PRINTF_DYN_TYPE 1:23 D_PRINTF_DYN_PROTO 1:37 D_PRINTF_AGG_CONV 1:73" },
	{ "BEGIN { @a = count(); trace(@a); trace(@a + 1); @a; x = @a; }", "D_TRACE_DYN 1:29 D_OP_INCOMPAT 1:40 D_AGG_NULL 1:49 D_OP_INCOMPAT 1:53" },
	{ "BEGIN { trace(printf(\"x\")); x = exit(0); }", "D_TRACE_VOID 1:15 D_OP_INCOMPAT 1:29" },
	{ "BEGIN { @a = 5; @a = count(); @b = count(); @b = sum(1); @b[1] = count(); @b += count(); }",
	  "D_AGG_FUNC 1:14 D_AGG_REDEF 1:45 D_PROTO_LEN 1:58 D_AGG_FUNC 1:75" },
	{ "BEGIN { @a = sum(execname); printa(@a); @b = count(1); @c = sum(); }", "D_AGG_SCALAR 1:18 D_PROTO_LEN 1:46 D_PROTO_LEN 1:61" },
	{ "BEGIN { @a = lquantize(1, 5, 0); @b = lquantize(1, pid, 1); @c = lquantize(1, 0, 10, 0); @d = lquantize(1, 0, 10, 11);\n"
	  "@e = lquantize(1, 0, 100000); @f = lquantize(1, 0, 10, 1); @f = lquantize(1, 0, 10, 2); @g = lquantize(1, \"x\", 2); }",
	  "D_LQUANT_MISMATCH 1:14 D_LQUANT_BASETYPE 1:52 D_LQUANT_STEPTYPE 1:86 D_LQUANT_STEPLARGE 1:95 D_LQUANT_STEPSMALL 2:6 D_LQUANT_MATCHSTEP 2:65 D_PROTO_ARG 2:107" },
	{ "BEGIN { clear(1); clear(@n[1]); trunc(1); trunc(@n); normalize(1, 1); normalize(@n[1], 1); printa(@n[1]); printa(\"%d\", 1); printa(\"%d\"); }",
	  "D_CLEAR_AGGARG 1:15 D_CLEAR_AGGBAD 1:25 D_TRUNC_AGGARG 1:39 D_IDENT_UNDEF 1:49 D_NORMALIZE_AGGARG 1:64 D_NORMALIZE_AGGBAD 1:81 "
	  "D_PRINTA_AGGBAD 1:99 D_PRINTA_AGGARG 1:120 D_PRINTA_PROTO 1:124" },
	{ "BEGIN { @a[1] = count(); @b = count(); printa(\"%d %@d %@d\", @a, @b); printa(\"%s\", @a); printa(\"%d %d\", @a); }",
	  "D_PRINTA_AGGKEY 1:65 D_PRINTF_ARG_TYPE 1:77 D_PRINTF_ARG_PROTO 1:88" },
	{ "BEGIN { stack(0); stack(pid); stack(\"x\"); }", "D_STACK_SIZE 1:15 D_STACK_SIZE 1:25 D_PROTO_ARG 1:37" },
	{ "BEGIN /execname/ { } BEGIN { if (execname) trace(1); }", "D_PRED_SCALAR 1:8 D_PRED_SCALAR 1:34" },
	{ "fbt::vfs_read:entry { trace(args[2]); trace(args[pid]); trace(args); } fbt::list_add:entry { trace(args[0]); trace(args[1]); }",
	  "D_ARGS_IDX 1:29 D_PROTO_ARG 1:50 D_IDENT_BADREF 1:63 D_ARGS_MULTI 1:100" },
	{ "int x; string x; int pid; void v; struct nosuch n; this int a[int]; int b[]; int c[0];",
	  "D_DECL_IDRED 1:15 D_DECL_IDRED 1:22 D_DECL_VOIDOBJ 1:32 D_DECL_INCOMPLETE 1:49 D_DECL_LOCASSC 1:61 D_DECL_ARRNULL 1:73 D_DECL_ARRSUB 1:84" },
	{ "struct s { int a; int a; int b : 33; string c : 1; int d : -1; }; struct s { int x; }; enum e { A = 1, A }; int;",
	  "D_UNKNOWN 1:23 D_DECL_BFSIZE 1:34 D_DECL_BFTYPE 1:45 D_DECL_BFCONST 1:60 D_DECL_TYPERED 1:74 D_UNKNOWN 1:104 D_DECL_USELESS 1:109" },
	{ "inline int F = F + 1; inline int A = 1; inline int A = 2; inline int s = \"x\"; inline int f(int x) = x; BEGIN { trace(f()); trace(f(\"s\")); trace(f); }",
	  "D_IDENT_UNDEF 1:16 D_DECL_IDRED 1:52 D_OP_INCOMPAT 1:74 D_PROTO_LEN 1:118 D_PROTO_ARG 1:132 D_IDENT_BADREF 1:145" },
	{ "translator int < int I > { }; translator struct file < int I > { nosuch = 1; f_count = \"x\"; };\n"
	  "BEGIN { trace(xlate<struct list_head>(1).next); trace(xlate<struct file>(1).f_inode); }",
	  "D_XLATE_SOU 1:12 D_XLATE_MEMB 1:66 D_XLATE_INCOMPAT 1:78 D_XLATE_NONE 2:15 D_XLATE_NOCONV 2:55" },
	{ "provider p { probe a(int x); probe a(); probe b(int x : (struct file x, int y)); }; provider q9 { };",
	  "D_PROV_PRDUP 1:36 D_PROV_PRXLATOR 1:70 D_DECL_PROTO_FORM 1:77 D_PROV_BADNAME 1:94" },
	{ "BEGIN { trace(1); speculate(1); speculate(1); exit(0); @a = count(); } BEGIN { trace(1); commit(1); trace(1); @a = count(); speculate(1); }",
	  "D_SPEC_DREC 1:19 D_SPEC_SPEC 1:33 D_EXIT_SPEC 1:47 D_AGG_SPEC 1:56 D_COMM_DREC 1:90 D_DREC_COMM 1:101 D_AGG_COMM 1:111 D_SPEC_COMM 1:125" },
};

/* "D_TAG line:column ..." of what is shown: the tag, then the caret's place. */
static const char *errors_shown(void)
{
	struct text out = { 0 };
	char *line, *save = NULL, *tag = NULL, *copy = mem_strdup(shown);
	unsigned number = 0;

	for (line = strtok_r(copy, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
		char *open = strstr(line, "[D_"), *caret;

		if (!strncmp(line, "dtc: ", 5) && open) {
			tag = mem_strndup(open + 1, strcspn(open + 1, "]"));
			continue;
		}
		if (sscanf(line, "%u | ", &number) == 1)
			continue;
		caret = strchr(line, '^');
		if (tag && caret && !strncmp(line, "      | ", 8))
			text_add(&out, "%s%s %u:%d", out.len ? " " : "", tag, number, (int)(caret - line) - 7);
		tag = NULL;
	}
	return out.len ? out.data : "";
}

START_TEST(errors)
{
	ck_assert_int_ne(check_script(mistakes[_i].script), 0);
	ck_assert_msg(!strcmp(errors_shown(), mistakes[_i].errors), "%s\nexpected %s\ngot      %s\n%s", mistakes[_i].script,
		      mistakes[_i].errors, errors_shown(), shown);
}
END_TEST

START_TEST(destructive)
{
	check_script("BEGIN { system(\"true\"); }");
	ck_assert_ptr_nonnull(strstr(shown, "Destructive actions not allowed"));
	ck_assert(dtc.unit->destructive);
}
END_TEST

START_TEST(hints)
{
	check_script("BEGIN { trace(comm); trace(nsecs); trace(execnam); printk(\"x\"); }");
	ck_assert_ptr_nonnull(strstr(shown, "execname"));
	ck_assert_ptr_nonnull(strstr(shown, "timestamp"));
	ck_assert_ptr_nonnull(strstr(shown, "did you mean 'execname'?"));
	ck_assert_ptr_nonnull(strstr(shown, "printf()"));
	check_script("BEGIN { trace(((struct file *)1)->f_cuont); }");
	ck_assert_ptr_nonnull(strstr(shown, "did you mean 'f_count'?"));
	check_script("BEGIN { trace(n); n = 1; }");
	ck_assert_ptr_nonnull(strstr(shown, "declare it at the top"));
}
END_TEST

/* Inlines that double each other: refused, not expanded. */
START_TEST(explosion)
{
	struct text t = { 0 };
	int i;

	text_add(&t, "inline int v0 = pid;\n");
	for (i = 1; i < 60; i++)
		text_add(&t, "inline int v%d = v%d + v%d;\n", i, i - 1, i - 1);
	text_add(&t, "BEGIN { trace(v59); }");
	ck_assert_int_ne(check_script(t.data), 0);
	ck_assert_ptr_nonnull(strstr(shown, "D_CG_EXPR"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sema");
	TCase *tc = tcase_create("sema");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, types_written_as_c_does);
	tcase_add_test(tc, conversions);
	tcase_add_loop_test(tc, folding, 0, ARRAY_SIZE(foldings));
	tcase_add_test(tc, variables);
	tcase_add_test(tc, aggregations);
	tcase_add_test(tc, members);
	tcase_add_test(tc, inlines_and_translators);
	tcase_add_test(tc, macros);
	tcase_add_loop_test(tc, errors, 0, ARRAY_SIZE(mistakes));
	tcase_add_test(tc, destructive);
	tcase_add_test(tc, hints);
	tcase_add_test(tc, explosion);
	suite_add_tcase(suite, tc);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
