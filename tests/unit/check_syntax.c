// SPDX-License-Identifier: GPL-2.0
/*
 * The parser, from text to tree: literals, precedence, declarations, where one
 * item ends and the next begins, places, recovery. Options, macros, nearest
 * names, the form of diagnostics.
 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "translator/options.h"
#include "translator/syntax/parse.h"

static struct dtc dtc;
static struct input input;

static bool is_kernel_type(struct dtc *d, const char *module, const char *name)
{
	return !strcmp(name, "kernel_t");
}

static void start(void)
{
	static char *args[] = { (char *)"x.d", (char *)"42", (char *)"word", (char *)"a-b" };

	dtc = (struct dtc){ .progname = "dtc", .inputs = &input, .ninputs = 1, .args = args, .nargs = 4 };
	options_init(&dtc.opt);
	dtc.opt.argref = dtc.opt.errtags = true;
	parse_is_type_name = is_kernel_type;
}

static int parse_again(enum input_kind kind, const char *text)
{
	input = (struct input){ .kind = kind, .src = source_new(&dtc, "x.d", text, strlen(text)) };
	input.src->is_oneliner = kind != INPUT_SCRIPT;
	return pass_parse(&dtc);
}

static int parse_as(enum input_kind kind, const char *text)
{
	start();
	return parse_again(kind, text);
}

/* What `show` writes, without the newline at its end. */
static const char *written(void (*show)(FILE *f))
{
	static char *text;
	size_t size;
	FILE *f;

	free(text);
	f = open_memstream(&text, &size);
	show(f);
	fclose(f);
	if (size && text[size - 1] == '\n')
		text[size - 1] = '\0';
	return text;
}

static void show_tree(FILE *f) { tree_print(f, dtc.unit); }
static void show_diags(FILE *f) { diag_show(&dtc, f); }

/* A tree of one expression on a line: (op left right) */
static void line_of(struct text *t, const struct node *n)
{
	switch (n->kind) {
	case NODE_INT:
		text_add(t, "%llu", (unsigned long long)n->value);
		return;
	case NODE_IDENT:
		text_add(t, "%s", n->name);
		return;
	case NODE_SCOPED:
		text_add(t, "%s->%s", n->scope == SCOPE_SELF ? "self" : "this", n->name);
		return;
	case NODE_CAST:
		text_add(t, "(cast ");
		break;
	case NODE_COND:
		text_add(t, "(? ");
		break;
	case NODE_ASSIGN:
		text_add(t, "(%s= ", op_text(n->assign_op));
		break;
	case NODE_MEMBER:
		text_add(t, "(%s%s ", n->is_arrow ? "->" : ".", n->name);
		break;
	case NODE_CALL:
		text_add(t, "(%s", n->name);
		break;
	case NODE_INDEX:
		text_add(t, "([] ");
		break;
	default:
		text_add(t, "(%s%s ", op_text(n->op), n->is_postfix ? "post" : "");
	}
	if (n->left)
		line_of(t, n->left);
	if (n->right) {
		text_add(t, " ");
		line_of(t, n->right);
	}
	if (n->third) {
		text_add(t, " ");
		line_of(t, n->third);
	}
	for (const struct node *a = n->list; a; a = a->next) {
		text_add(t, " ");
		line_of(t, a);
	}
	text_add(t, ")");
}

static const struct node *first_expr(void)
{
	return dtc.unit->clauses->body->list->left;
}

static const char *expr_line(const char *expr)
{
	struct text t = { NULL, 0, 0 };

	ck_assert_msg(!parse_as(INPUT_SCRIPT, mem_printf("BEGIN { %s; }", expr)), "%s: %s", expr, written(show_diags));
	line_of(&t, first_expr());
	return t.data;
}

START_TEST(precedence)
{
	static const struct { const char *expr, *line; } cases[] = {
		{ "1 + 2 * 3 - 4", "(- (+ 1 (* 2 3)) 4)" },
		{ "a || b ^^ c && d | e ^ f & g == h < i << j + k", "(|| a (^^ b (&& c (| d (^ e (& f (== g (< h (<< i (+ j k))))))))))" },
		{ "a ? b : c ? d : e", "(? a b (? c d e))" },
		{ "a = b += c", "(= a (+= b c))" },
		{ "a, b, c", "(, (, a b) c)" },
		{ "-a.b->c[1]", "(- ([] (->c (.b a)) 1))" },
		{ "*p++ + ++*p", "(+ (* (++post p)) (++ (* p)))" },
		{ "(int)a + b", "(+ (cast a) b)" },
		{ "(kernel_t *)a->b", "(cast (->b a))" },
		{ "!~-+a", "(! (~ (- (+ a))))" },
		{ "f(a, g(b))", "(f a (g b))" },
		{ "self->a - this->b", "(- self->a this->b)" },
		{ "a.if->while", "(->while (.if a))" },
		{ "(a)", "a" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		ck_assert_str_eq(expr_line(cases[i].expr), cases[i].line);
}
END_TEST

START_TEST(integers)
{
	static const struct { const char *text; u64 value; u8 suffix; } cases[] = {
		{ "0", 0, 0 }, { "0777", 0777, 8 }, { "0xFFu", 255, 9 }, { "18446744073709551615ull", UINT64_MAX, 5 }, { "5LL", 5, 4 },
		{ "'a'", 'a', 8 }, { "'\\n'", '\n', 8 }, { "'\\x41'", 'A', 8 }, { "'\\101'", 'A', 8 }, { "'ab'", 'a' << 8 | 'b', 8 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		ck_assert_int_eq(parse_as(INPUT_SCRIPT, mem_printf("BEGIN { %s; }", cases[i].text)), 0);
		ck_assert_uint_eq(first_expr()->value, cases[i].value);
		ck_assert_uint_eq(first_expr()->int_suffix, cases[i].suffix);
	}
}
END_TEST

START_TEST(strings)
{
	ck_assert_int_eq(parse_as(INPUT_SCRIPT, "BEGIN { \"a\\tb\\\"\\x41\\101\\\\\"; }"), 0);
	ck_assert_str_eq(first_expr()->text, "a\tb\"AA\\");
	ck_assert_uint_eq(first_expr()->text_len, 7);
	ck_assert_int_eq(parse_as(INPUT_SCRIPT, "BEGIN { \"\\q\\'\\?\\%\"; }"), 0);	/* what is no escape stays as it is */
	ck_assert_str_eq(first_expr()->text, "\\q'?\\%");
	ck_assert_int_eq(parse_as(INPUT_SCRIPT, "BEGIN { $3; }\n#!a line for another program\n"), 0);	/* an argument that is no number and no name */
	ck_assert_str_eq(first_expr()->text, dtc.args[3]);
}
END_TEST

/* Each is refused with that tag, and with nothing else. */
START_TEST(refused)
{
	static const struct { const char *text, *tag; } cases[] = {
		{ "BEGIN { 1.5; }", "D_SYNTAX" }, { "BEGIN { 1e5; }", "D_SYNTAX" }, { "BEGIN { 089; }", "D_INT_DIGIT" },
		{ "BEGIN { 0x; }", "D_SYNTAX" }, { "BEGIN { 12ab; }", "D_SYNTAX" }, { "BEGIN { 18446744073709551616; }", "D_INT_OFLOW" },
		{ "BEGIN { ''; }", "D_CHR_NULL" }, { "BEGIN { 'abcdefghi'; }", "D_CHR_OFLOW" }, { "BEGIN { 'a\n; }", "D_CHR_NL" },
		{ "BEGIN { \"a\n; }", "D_STR_NL" }, { "BEGIN { while (1); }", "D_SYNTAX" }, { "BEGIN { int x; }", "D_SYNTAX" },
		{ "BEGIN { $7; }", "D_MACRO_UNDEF" }, { "BEGIN { $99999999999; }", "D_MACRO_UNDEF" },
		{ "BEGIN { a(1)(2); }", "D_FUNC_IDENT" }, { "a:b:c:d:e { }", "D_PDESC_INVAL" }, { "0 { }", "D_PDESC_INVAL" },
		{ "", "D_EMPTY" }, { "/* open", "D_SYNTAX" }, { "BEGIN", "D_SYNTAX" }, { "BEGIN {", "D_SYNTAX" }, { "nosuch_t x; BEGIN {}", "D_SYNTAX" },
		{ "int float x; BEGIN {}", "D_DECL_COMBO" }, { "long long long x; BEGIN {}", "D_DECL_COMBO" },
		{ "self this int x; BEGIN {}", "D_DECL_CLASS" }, { "short char x; BEGIN {}", "D_DECL_CHARATTR" },
		{ "unsigned void *x; BEGIN {}", "D_DECL_VOIDATTR" }, { "unsigned float x; BEGIN {}", "D_DECL_SIGNINT" },
		{ "long string x; BEGIN {}", "D_DECL_LONGINT" }, { "int x[self int]; BEGIN {}", "D_DECL_PARMCLASS" },
		{ "#pragma D nonsense\nBEGIN {}", "D_PRAGMA_INVAL" }, { "#pragma D option\nBEGIN {}", "D_PRAGMA_MALFORM" },
		{ "#pragma D option strsize=0\nBEGIN {}", "D_PRAGMA_OPTSET" }, { "#include <x>\nBEGIN {}", "D_PRAGCTL_INVAL" },
		{ "tick-1s\ntick-2s { }", "D_SYNTAX" }, { "BEGIN /1/", "D_SYNTAX" }, { "BEGIN /1/; END { }", "D_SYNTAX" },
		{ "#error no\nBEGIN {}", "D_PRAGERR" }, { "BEGIN { /* a /* b */ }", "D_SYNTAX" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		ck_assert_msg(parse_as(INPUT_SCRIPT, cases[i].text) < 0, "accepted: %s", cases[i].text);
		ck_assert_msg(diag_errors(&dtc) == 1, "%zu errors in: %s", diag_errors(&dtc), cases[i].text);
		ck_assert_msg(strstr(written(show_diags), mem_printf("[%s]", cases[i].tag)) != NULL, "not %s: %s", cases[i].tag, cases[i].text);
	}
}
END_TEST

START_TEST(declarations)
{
	ck_assert_int_eq(parse_as(INPUT_SCRIPT,
		"typedef unsigned long word_t;\nword_t w, *pw[2][3];\nint (*f)(char, ...);\nint x[int, string];\n"
		"self kernel_t *k;\nstruct s { int a : 3; union { char c; }; word_t b; };\nconst char *const cp;\n"
		"inline int add(int a, int b) = a + b;\n"), 0);
	ck_assert_str_eq(written(show_tree),
		"declare typedef word_t: unsigned long int\n"
		"declare w: word_t\n"
		"declare pw: array 2 of array 3 of pointer to word_t\n"
		"declare f: pointer to function(char, ...) giving int\n"
		"declare x: array[int, string] of int\n"
		"declare self k: pointer to kernel_t\n"
		"declare struct s { int a : 3; union { char c; }; word_t b; }\n"
		"declare cp: const pointer to const char\n"
		"inline add(int a, int b): int\n"
		"  binary +\n    name a\n    name b");
}
END_TEST

static const char *descriptions(void)
{
	struct text t = { NULL, 0, 0 };

	for (const struct clause *c = dtc.unit->clauses; c; c = c->next) {
		for (const struct probe_desc *d = c->descs; d; d = d->next) {
			if (d->is_id)
				text_add(&t, "#%u", d->id);
			else
				text_add(&t, "%s:%s:%s:%s", d->part[0], d->part[1], d->part[2], d->part[3]);
			text_add(&t, "%s", d->next ? "," : "");
		}
		text_add(&t, "%s%s ", c->predicate ? "/" : "", c->has_body ? "{}" : "");
	}
	return t.data;
}

START_TEST(clauses)
{
	static const struct { enum input_kind kind; const char *text, *descriptions; } cases[] = {
		{ INPUT_SCRIPT, "BEGIN, END { } a:b /x/ { }", ":::BEGIN,:::END{} ::a:b/{} " },
		{ INPUT_NAME, "tick-1s\ntick-2s { }", ":::tick-1s :::tick-2s{} " },
		{ INPUT_NAME, "BEGIN /a / b > 1/; END /x//* c */{}", ":::BEGIN/ :::END/{} " },
		{ INPUT_SCRIPT, "*read*:::[a-c]?!{} 17 {} int*:::{}", "*read*:::[a-c]?!{} #17{} int*:::{} " },
		{ INPUT_SCRIPT, "line::fs/read_write.c:452 /x/ {} line::fs/a.c:1/x/{}", "line::fs/read_write.c:452/{} line::fs/a.c:1/{} " },
		{ INPUT_SCRIPT, "pid$1:::entry {} pid$target::$$2: {}", "pid42:::entry{} pid$target::word:{} " },
		{ INPUT_NAME, "intr", ":::intr " },
		{ INPUT_NAME, "int x; self string s; inline int two = 2; struct t { int m; }; uint64_t ts[string]; BEGIN { x = 1; }", ":::BEGIN{} " },
		{ INPUT_FUNCTION, "int", "::int: " },
		{ INPUT_NAME, "a:b:c /x/ { y; } d", ":a:b:c/{} :::d " },
		{ INPUT_PROVIDER, "syscall { }", "syscall:::{} " },
		{ INPUT_MODULE, "fbt:ext4", "fbt:ext4:: " },
		{ INPUT_FUNCTION, "fbt::vfs_read{} BEGIN {}", "fbt::vfs_read:{} :::BEGIN{} " },
		{ INPUT_ID, "12 { }", "#12{} " },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		ck_assert_msg(!parse_as(cases[i].kind, cases[i].text), "%s: %s", cases[i].text, written(show_diags));
		ck_assert_str_eq(descriptions(), cases[i].descriptions);
	}
	ck_assert_int_lt(parse_as(INPUT_NAME, "int"), 0);
	ck_assert_int_lt(parse_as(INPUT_ID, "x"), 0);
	ck_assert_int_lt(parse_as(INPUT_PROVIDER, "a:b"), 0);
}
END_TEST

START_TEST(providers)
{
	const struct provider_probe *p;

	ck_assert_int_eq(parse_as(INPUT_SCRIPT,
		"provider io {\n\tprobe wait__start(struct bio *b : (kernel_t *b)) = sdt:block::bio_queue(args[0], 1);\n\tprobe done(int, int);\n};\n"
		"translator kernel_t < struct x *X > { a = X->b; c = 1; };"), 0);
	p = dtc.unit->tops->provider->probes;
	ck_assert_str_eq(p->name, "wait__start");
	ck_assert_str_eq(p->source->text, "sdt:block::bio_queue");
	ck_assert_str_eq(p->mapped->name, "b");
	ck_assert(p->has_values && p->values->next && !p->values->next->next);
	ck_assert(!p->next->source && !p->next->has_mapped && p->next->args->next);
	ck_assert_str_eq(dtc.unit->tops->next->translator->param, "X");
	ck_assert_str_eq(dtc.unit->tops->next->translator->members->next->name, "c");
}
END_TEST

static void range_is(const struct loc *loc, u32 line, u32 column, u32 end_line, u32 end_column)
{
	ck_assert_uint_eq(loc->line, line);
	ck_assert_uint_eq(loc->column, column);
	ck_assert_uint_eq(loc->end_line, end_line);
	ck_assert_uint_eq(loc->end_column, end_column);
}

START_TEST(places)
{
	const struct node *n;

	ck_assert_int_eq(parse_as(INPUT_SCRIPT, "BEGIN\n{\n\tabc + f(1,\n\t  2)->member;\n}\n"), 0);
	n = first_expr();
	range_is(&n->loc, 3, 2, 4, 14);
	range_is(&n->left->loc, 3, 2, 3, 5);
	range_is(&n->right->name_loc, 4, 8, 4, 14);
	range_is(&n->right->left->name_loc, 3, 8, 3, 9);
	range_is(&dtc.unit->clauses->descs->loc, 1, 1, 1, 6);
	ck_assert_int_eq(parse_as(INPUT_SCRIPT, "#line 100 \"y.h\"\n\nBEGIN { a; }\n"), 0);
	range_is(&first_expr()->loc, 101, 9, 101, 10);
	ck_assert_str_eq(first_expr()->loc.src->name, "y.h");
}
END_TEST

/* Lines of the errors, in order. */
static const char *error_lines(const char *script)
{
	struct text t = { NULL, 0, 0 };

	parse_as(INPUT_SCRIPT, script);
	for (const char *s = written(show_diags); (s = strstr(s, "] line ")); s += 7)
		text_add(&t, "%d ", atoi(s + 7));
	return t.data ? t.data : "";
}

START_TEST(recovery)
{
	static const struct { const char *script, *lines; } cases[] = {
		{ "BEGIN { x = ;\ny = 1;\nz = ); }\nEND { w = ; }", "1 3 4 " },
		{ "BEGIN { if (x { trace(1); } trace(2); }\nEND { w = ; }", "1 2 " },
		{ "BEGIN {\ntrace(1);\nsyscall::read:entry {\nx = ; }", "1 4 " },
		{ "BEGIN { trace(1);\nEND { y = ;\n}", "1 2 " },
		{ "int x = 5;\nint y\nBEGIN { trace(x); }\nEND { w = ; }", "1 3 4 " },
		{ "struct s { int 5; int b; };\nint z[3;\nBEGIN { w = ; }", "1 2 3 " },
		{ "BEGIN { \"abc;\n}\nEND { 'a\n; }", "1 3 " },
		{ "BEGIN { } }\n@x;\nEND { w = ; }", "1 2 3 " },
		{ "BEGIN /x == / { trace(1); }\nEND { w = ; }", "1 2 " },
		{ "BEGIN { printf(\"%d\\n\" x); y = 1 }\nEND { }", "1 " },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		ck_assert_msg(!strcmp(error_lines(cases[i].script), cases[i].lines), "%s: errors on lines %s", cases[i].script,
			      error_lines(cases[i].script));
}
END_TEST

START_TEST(messages)
{
	static const struct { const char *script, *message; } cases[] = {
		{ "BEGIN { trace(1) trace(2); }", "unexpected 'trace', expected ';' or '}'" },
		{ "BEGIN { trace(1; }", "unexpected ';', expected ')' or ','" },
		{ "BEGIN { x = ; }", "unexpected ';', expected an expression" },
		{ "BEGIN, { }", "unexpected '{', expected a probe description" },
		{ "BEGIN { while (1); }", "unexpected 'while': a word that D reserves but does not have" },
		{ "BEGIN {\n", "line 1: '{' is not closed: '}' is missing at the end" },
		{ "int x = 5; BEGIN {}", "unexpected '=', expected ';'" },
		{ "BEGIN { a }}", "unexpected '}': no '{' is open" },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		parse_as(INPUT_SCRIPT, cases[i].script);
		ck_assert_msg(strstr(written(show_diags), cases[i].message) != NULL, "%s: %s", cases[i].script, written(show_diags));
	}
}
END_TEST

START_TEST(diagnostics)
{
	struct loc loc;

	parse_as(INPUT_SCRIPT, "BEGIN\n{\n\ttrace(äx);\n}\n");
	start();
	parse_again(INPUT_SCRIPT, "BEGIN\n{\n\ttrace(execnam);\n}\n");
	loc = first_expr()->list->loc;
	diag_error(&dtc, &loc, "D_IDENT_UNDEF", "did you mean 'execname'?", "unknown variable '%s'", "execnam");
	diag_error(&dtc, &loc, "D_OTHER", NULL, "a second one for the same place");
	diag_error(&dtc, NULL, "D_UNKNOWN", "do this", "no place");
	loc.column++;
	diag_error(&dtc, &loc, "D_OTHER", NULL, "what may follow from that");
	ck_assert_uint_eq(diag_errors(&dtc), 3);
	ck_assert_str_eq(written(show_diags),
		"dtc: failed to compile script x.d: [D_IDENT_UNDEF] line 3: unknown variable 'execnam'\n"
		"    3 | \ttrace(execnam);\n"
		"      | \t      ^~~~~~~\n"
		"      = did you mean 'execname'?\n"
		"dtc: [D_UNKNOWN] no place\n"
		"  do this");
	dtc.opt.errtags = false;
	ck_assert_int_lt(parse_again(INPUT_NAME, "BEGIN { x = ; }"), 0);
	ck_assert_str_eq(written(show_diags),
		"dtc: invalid probe specifier BEGIN { x = ; }: unexpected ';', expected an expression\n"
		"    1 | BEGIN { x = ; }\n"
		"      |             ^");
}
END_TEST

START_TEST(depth)
{
	char *text = mem_alloc(200000);

	for (int i = 0; i < 3; i++) {
		static const char *const opens[] = { "(", "-", "a+" };

		strcpy(text, "BEGIN { ");
		for (int k = 0; k < 20000; k++)
			strcat(text + 8 + (size_t)k * strlen(opens[i]), opens[i]);
		strcat(text, "1; }");
		ck_assert_int_lt(parse_as(INPUT_SCRIPT, text), 0);
		ck_assert_uint_eq(diag_errors(&dtc), 1);
		ck_assert_msg(strstr(written(show_diags), "nested too deeply") != NULL, "%s", written(show_diags));
	}
}
END_TEST

START_TEST(options)
{
	static const struct { const char *name, *value; int result; } cases[] = {
		{ "quiet", NULL, 0 }, { "quiet", "off", 0 }, { "quiet", "maybe", -1 }, { "strsize", "1k", 0 }, { "strsize", "7", 0 }, { "strsize", "0", -1 },
		{ "strsize", NULL, -1 }, { "strsize", "99g", -1 }, { "bufsize", "4m", 0 }, { "bufsize", "4q", -1 }, { "aggrate", "10hz", 0 },
		{ "aggrate", "500ms", 0 }, { "aggrate", "5parsec", -1 }, { "bufpolicy", "ring", 0 }, { "bufpolicy", "rin", -1 },
		{ "cpu", "0", 0 }, { "cpu", "-1", -1 }, { "stackframes", "127", 0 }, { "stackframes", "0", -1 }, { "nosuch", NULL, -1 },
		{ "amin", "Stable/Evolving/Common", 0 }, { "amin", "x/y/z", -1 }, { "version", "2.0", 0 }, { "version", "new", -1 },
		{ "strsize", "unset", 0 }, { "temporal", NULL, 0 }, { "quiet", "Enabled", 0 }, { "quiet", "set", 0 }, { "quiet", "disable", 0 },
		{ "quiet", "", 0 }, { "quiet", "2", 0 }, { "quiet", "-1", -1 }, { "quiet", "1x", -1 }, { "strsize", "0x40", 0 }, { "strsize", "1K", 0 }, { "strsize", "1kb", -1 }, { "strsize", "-8", -1 },
		{ "strsize", "8.5", -1 }, { "strsize", "", -1 }, { "bufsize", "16777216t", -1 }, { "switchrate", "1d", 0 }, { "switchrate", "2d", -1 },
		{ "switchrate", "0", -1 }, { "switchrate", "0hz", -1 }, { "switchrate", "5", 0 }, { "switchrate", "3SEC", 0 }, { "switchrate", "1ns", 0 },
		{ "switchrate", "250usec", 0 }, { "switchrate", "1min", 0 }, { "switchrate", "24h", 0 }, { "switchrate", "1 s", -1 },
		{ "bufresize", "manual", 0 }, { "bufresize", "", -1 }, { "evaltime", "preinit", 0 }, { "linkmode", "dynamic", 0 }, { "stdc", "z", -1 },
		{ "version", "1.13", 0 }, { "version", "2.0", -1 }, { "version", "unset", 0 }, { "version", "2.0", 0 }, { "version", "2.1", -1 }, { "version", "3.0", -1 }, { "version", "1", -1 },
		{ "version", "1.6.3", 0 }, { "version", "1.2.3", -1 }, { "version", "2.0.4", -1 }, { "version", "unset", 0 }, { "version", "2.0.4", 0 }, { "version", "2.0.5", -1 }, { "version", "99999999999.1", -1 },
		{ "cppargs", "-DA -DB", 0 }, { "nspec", "", 0 }, { "version", "1.6x", -1 }, { "libdir", "", -1 }, { "libdir", "/nowhere", 0 }, { "define", NULL, -1 },
	};

	start();
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		ck_assert_msg(option_set(&dtc, cases[i].name, cases[i].value, NULL) == cases[i].result, "%s=%s", cases[i].name, cases[i].value);
	option_set(&dtc, "strsize", "1k", NULL);
	ck_assert_uint_eq(dtc.opt.strsize, 1024);
	/* a pragma comes after the command line, and the last setting counts */
	ck_assert_int_eq(parse_again(INPUT_SCRIPT, "#pragma D option strsize=64\n#pragma D option jstackframes=3\nBEGIN {}"), -1);
	ck_assert_uint_eq(dtc.opt.strsize, 64);
	ck_assert_uint_eq(dtc.opt.jstackframes, 3);
	for (const struct option_desc *d = option_table; d->name; d++)
		ck_assert_msg(d->help && option_range(d) && (d->kind != OPTION_WORD || d->words), "%s", d->name);
}
END_TEST

/* What holds for each option of a kind. */
START_TEST(option_kinds)
{
	start();
	for (const struct option_desc *d = option_table; d->name; d++) {
		char least[32], most[32], under[32], over[32];

		if (d->kind != OPTION_SIZE && d->kind != OPTION_NUMBER) {
			ck_assert_msg(option_set(&dtc, d->name, "a b", NULL) == (d->kind == OPTION_STRING ? 0 : -1), "%s", d->name);
			if (d->kind == OPTION_FLAG)
				ck_assert_msg(!option_set(&dtc, d->name, NULL, NULL) && !option_set(&dtc, d->name, "unset", NULL), "%s", d->name);
			else
				ck_assert_msg(option_set(&dtc, d->name, NULL, NULL) == -1, "%s", d->name);
			continue;
		}
		snprintf(least, sizeof(least), "%llu", (unsigned long long)d->min);
		snprintf(most, sizeof(most), "%llu", (unsigned long long)d->max);
		snprintf(under, sizeof(under), "%lld", (long long)d->min - 1);
		snprintf(over, sizeof(over), "%llu", (unsigned long long)d->max + 1);
		ck_assert_msg(!option_set(&dtc, d->name, least, NULL) && !option_set(&dtc, d->name, most, NULL), "%s", d->name);
		ck_assert_msg(option_set(&dtc, d->name, under, NULL) == -1, "%s=%s", d->name, under);
		if (d->max != UINT64_MAX)
			ck_assert_msg(option_set(&dtc, d->name, over, NULL) == -1, "%s=%s", d->name, over);
		ck_assert_msg(option_set(&dtc, d->name, NULL, NULL) == -1 && !option_set(&dtc, d->name, "unset", NULL), "%s", d->name);
		ck_assert_msg((option_set(&dtc, d->name, "1k", NULL) == 0) == (d->kind == OPTION_SIZE && d->max >= 1024), "%s", d->name);
	}
}
END_TEST

/* In a script: all but those that come too late there. */
START_TEST(option_pragmas)
{
	for (const struct option_desc *d = option_table; d->name; d++) {
		static const char *const values[] = {
			[OPTION_FLAG] = "=on", [OPTION_SIZE] = "=1k", [OPTION_NUMBER] = "=1", [OPTION_RATE] = "=10hz", [OPTION_STRING] = "=x",
			[OPTION_STABILITY] = "=Stable/Stable/Common", [OPTION_VERSION] = "=1.1",
		};
		bool is_bare = d->kind == OPTION_FLAG && !(d->flags & OPTION_RUNTIME);	/* of compile time: takes no value */
		const char *value = is_bare ? "" : d->kind == OPTION_WORD ? mem_printf("=%.*s", (int)strcspn(d->words, " "), d->words) : values[d->kind];
		int result = parse_as(INPUT_SCRIPT, mem_printf("#pragma D option %s%s\nBEGIN {}", d->name, value));

		ck_assert_msg(result == (d->flags & OPTION_COMMAND ? -1 : 0), "%s%s: %s", d->name, value, written(show_diags));
		if (is_bare)
			ck_assert_int_eq(parse_as(INPUT_SCRIPT, mem_printf("#pragma D option %s=on\nBEGIN {}", d->name)), -1);
	}
	/* what has no effect is said with -v */
	ck_assert_int_eq(parse_as(INPUT_SCRIPT, "#pragma D option cleanrate=5s\n#pragma D option quiet\nBEGIN {}"), 0);
	ck_assert_str_eq(written(show_diags), "");
	dtc.verbose = 1;
	options_explain(&dtc);
	ck_assert_msg(strstr(written(show_diags), "option 'cleanrate' has no effect here") != NULL, "%s", written(show_diags));
}
END_TEST

START_TEST(nearest)
{
	static const struct { const char *name, *candidates[3], *best; } cases[] = {
		{ "execnam", { "execname", "errno" }, "execname" }, { "vfs_raed", { "vfs_read", "vfs_write" }, "vfs_read" },
		{ "xyz", { "abc", "pid" }, NULL }, { "pod", { "pid", "uid" }, "pid" }, { "", { "a" }, NULL },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct nearest n;

		nearest_init(&n, cases[i].name);
		for (size_t k = 0; k < 3; k++)
			nearest_try(&n, cases[i].candidates[k]);
		ck_assert_pstr_eq(n.best, cases[i].best);
	}
}
END_TEST

START_TEST(macros)
{
	static const struct loc nowhere;
	char *end;

	start();
	ck_assert_str_eq(macro_value(&dtc, "1"), "42");
	ck_assert_ptr_null(macro_value(&dtc, "9"));
	ck_assert_ptr_null(macro_value(&dtc, "target"));
	ck_assert(macro_is_known("target") && macro_is_known("uid") && !macro_is_known("nosuch"));
	ck_assert(strtol(macro_value(&dtc, "pid"), &end, 10) > 0 && !*end);
	ck_assert_str_eq(macro_expand(&dtc, &nowhere, "pid$1:$$2:x$"), "pid42:word:x$");
	ck_assert_ptr_null(macro_expand(&dtc, &nowhere, "pid$target"));
	ck_assert(!macro_at_load(&dtc, "1") && macro_at_load(&dtc, "target"));
	dtc.params_at_load = true;
	ck_assert(macro_at_load(&dtc, "1"));
	/* $2 is a name here */
	ck_assert_str_eq(expr_line("$2 + 1"), "(+ word 1)");
	start();
	dtc.opt.argref = false;
	ck_assert_int_lt(parse_again(INPUT_SCRIPT, "BEGIN { $1; $2; }"), 0);
	ck_assert_msg(strstr(written(show_diags), "[D_MACRO_UNUSED]") != NULL, "%s", written(show_diags));
}
END_TEST

int main(void)
{
	const struct { const char *name; const TTest *test; } tests[] = {
		{ "precedence", precedence }, { "integers", integers }, { "strings", strings }, { "refused", refused },
		{ "declarations", declarations }, { "clauses", clauses }, { "providers", providers }, { "places", places },
		{ "recovery", recovery }, { "messages", messages }, { "diagnostics", diagnostics }, { "depth", depth },
		{ "options", options }, { "option_kinds", option_kinds }, { "option_pragmas", option_pragmas }, { "nearest", nearest }, { "macros", macros },
	};
	Suite *suite = suite_create("syntax");
	SRunner *runner = srunner_create(suite);
	int failed;

	for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
		TCase *tcase = tcase_create(tests[i].name);

		tcase_set_timeout(tcase, 60);
		tcase_add_test(tcase, tests[i].test);
		suite_add_tcase(suite, tcase);
	}
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
