/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Subroutines: a table of the runtime's function for each. Strings they return
 * lie in scratch. Actions inside an expression have no value and were refused
 * by the checker, but for those whose value is recorded (action.c).
 */
#include <string.h>
#include "emitter.h"

#define MAX_ARGS 6

/*
 * fails: whether NULL may come back and is a fault (of a number: the runtime says so in c->fault); MISSES: only where the
 * runtime says so, else what was looked for is not there: NULL.
 * args: a letter for each argument that may be given: S string, P string or NULL, I signed, U
 * unsigned or an address. form[n]: the call with n arguments given, $1.. stand
 * for them, or NULL. ret: S string, I signed, U unsigned,
 * V nothing, nonzero is a fault.
 */
static const struct subr {
	enum func_id id;
	const char *args;
	char ret;
	enum { NEVER, FAULTS, MISSES } fails;
	const char *form[5];
} subrs[] = {
	{ FN_ALLOCA, "U", 'U', FAULTS, { NULL, "dtc_alloca_zero(c, $1)" } },
	{ FN_BASENAME, "S", 'S', FAULTS, { NULL, "dtc_basename(c, $1)" } },
	{ FN_CLEANPATH, "S", 'S', FAULTS, { NULL, "dtc_cleanpath(c, $1)" } },
	{ FN_COPYIN, "UU", 'U', FAULTS, { NULL, NULL, "dtc_copyin(c, $1, $2)" } },
	{ FN_COPYINSTR, "UU", 'S', FAULTS, { NULL, "dtc_copyinstr(c, $1, DTC_STRSIZE)", "dtc_copyinstr(c, $1, $2)" } },
	{ FN_CHILL, "I", 'V', FAULTS, { NULL, "dtc_chill(c, $1)" } },
	{ FN_COPYOUT, "UUU", 'V', FAULTS, { NULL, NULL, NULL, "dtc_copyout(c, $1, $2, $3)" } },
	{ FN_COPYOUTSTR, "SUU", 'V', FAULTS, { NULL, NULL, NULL, "dtc_copyoutstr(c, $1, $2, $3)" } },
	{ FN_DIRNAME, "S", 'S', FAULTS, { NULL, "dtc_dirname(c, $1)" } },
	{ FN_GETMAJOR, "U", 'U', NEVER, { NULL, "($1 >> 20 & 0xfff)" } },
	{ FN_GETMINOR, "U", 'U', NEVER, { NULL, "($1 & 0xfffff)" } },
	{ FN_HTONL, "U", 'U', NEVER, { NULL, "__builtin_bswap32($1)" } },
	{ FN_HTONLL, "U", 'U', NEVER, { NULL, "__builtin_bswap64($1)" } },
	{ FN_HTONS, "U", 'U', NEVER, { NULL, "__builtin_bswap16($1)" } },
	{ FN_INDEX, "SSI", 'I', NEVER, { NULL, NULL, "dtc_index($1, $2, 0, 0)", "dtc_index($1, $2, $3, 1)" } },
	{ FN_D_PATH, "U", 'S', FAULTS, { NULL, "dtc_d_path(c, $1)" } },
	{ FN_MOUNT_PATH, "U", 'S', FAULTS, { NULL, "dtc_mount_path(c, $1)" } },
	{ FN_INET_NTOA, "U", 'S', FAULTS, { NULL, "dtc_inet_ntoa(c, $1)" } },
	{ FN_INET_NTOA6, "UI", 'S', FAULTS, { NULL, "dtc_inet6(c, $1, 1)", "dtc_inet6(c, $1, !$2)" } },
	{ FN_INET_NTOP, "IU", 'S', FAULTS, { NULL, NULL, "dtc_inet_ntop(c, $1, $2)" } },
	{ FN_JSON, "SS", 'S', MISSES, { NULL, NULL, "dtc_json(c, $1, $2)" } },
	{ FN_LINK_NTOP, "IU", 'S', FAULTS, { NULL, NULL, "dtc_link_ntop(c, $1, $2)" } },
	{ FN_MUTEX_OWNED, "U", 'I', FAULTS, { NULL, "dtc_mutex_owned(c, $1)" } },
	{ FN_MUTEX_OWNER, "U", 'I', FAULTS, { NULL, "dtc_mutex_owner(c, $1)" } },
	{ FN_MUTEX_TYPE_ADAPTIVE, "U", 'I', FAULTS, { NULL, "(dtc_mutex_owner(c, $1), 1)" } },
	{ FN_MUTEX_TYPE_SPIN, "U", 'I', FAULTS, { NULL, "(dtc_mutex_owner(c, $1), 0)" } },
	{ FN_RW_ISWRITER, "U", 'I', FAULTS, { NULL, "dtc_rt_rw_state(c, $1, 0x1ff)" } },
	{ FN_RW_READ_HELD, "U", 'I', FAULTS, { NULL, "dtc_rt_rw_state(c, $1, 0xfffffe00)" } },
	{ FN_RW_WRITE_HELD, "U", 'I', FAULTS, { NULL, "dtc_rt_rw_state(c, $1, 0xff)" } },
	{ FN_LLTOSTR, "II", 'S', FAULTS, { NULL, "dtc_lltostr(c, $1, 10)", "dtc_lltostr(c, $1, $2)" } },
	{ FN_NTOHL, "U", 'U', NEVER, { NULL, "__builtin_bswap32($1)" } },
	{ FN_NTOHLL, "U", 'U', NEVER, { NULL, "__builtin_bswap64($1)" } },
	{ FN_NTOHS, "U", 'U', NEVER, { NULL, "__builtin_bswap16($1)" } },
	{ FN_PANIC, "", 'V', FAULTS, { "dtc_panic(c)" } },
	{ FN_PROGENYOF, "I", 'I', NEVER, { NULL, "dtc_progenyof(c, $1)" } },
	{ FN_RAISE, "I", 'V', FAULTS, { NULL, "dtc_raise(c, $1)" } },
	{ FN_RAND, "", 'I', NEVER, { "dtc_rand(c)" } },
	{ FN_RINDEX, "SSI", 'I', NEVER, { NULL, NULL, "dtc_rindex($1, $2, 0, 0)", "dtc_rindex($1, $2, $3, 1)" } },
	{ FN_SPECULATION, "", 'I', NEVER, { "dtc_speculation(c)" } },
	{ FN_STOP, "", 'V', FAULTS, { "dtc_stop(c)" } },
	{ FN_STRCHR, "SI", 'S', MISSES, { NULL, NULL, "dtc_strchr(c, $1, $2)" } },
	{ FN_STRJOIN, "SS", 'S', FAULTS, { NULL, NULL, "dtc_strjoin(c, $1, $2)" } },
	{ FN_STRLEN, "S", 'U', NEVER, { NULL, "dtc_strlen($1)" } },
	{ FN_STRRCHR, "SI", 'S', MISSES, { NULL, NULL, "dtc_strrchr(c, $1, $2)" } },
	{ FN_STRSTR, "SS", 'S', MISSES, { NULL, NULL, "dtc_strstr(c, $1, $2)" } },
	{ FN_STRTOK, "PS", 'S', MISSES, { NULL, NULL, "dtc_strtok(c, $1, $2)" } },
	{ FN_STRTOLL, "SI", 'I', FAULTS, { NULL, "dtc_strtoll(c, $1, 10)", "dtc_strtoll(c, $1, $2)" } },
	{ FN_SUBSTR, "SII", 'S', FAULTS, { NULL, NULL, "dtc_substr(c, $1, $2, 0, 0)", "dtc_substr(c, $1, $2, $3, 1)" } },
	{ FN_TOLOWER, "S", 'S', FAULTS, { NULL, "dtc_tolower(c, $1)" } },
	{ FN_TOUPPER, "S", 'S', FAULTS, { NULL, "dtc_toupper(c, $1)" } },
};

static const struct subr *subr_find(enum func_id id)
{
	for (size_t i = 0; i < ARRAY_SIZE(subrs); i++)
		if (subrs[i].id == id)
			return &subrs[i];
	return NULL;
}

static const char *expand(const char *form, const char **args)
{
	struct text t = { 0 };

	for (; *form; form++) {
		if (*form == '$')
			text_add(&t, "%s", args[*++form - '1']);
		else
			text_write(&t, form, 1);
	}
	text_write(&t, "", 1);
	return t.data;
}

static bool is_text(char letter)
{
	return letter == 'S' || letter == 'P';
}

static struct val call_subr(struct emitter *e, struct node *n, const struct subr *s)
{
	struct node *nodes[MAX_ARGS];
	emit_fn fns[MAX_ARGS] = { 0 };
	struct val vals[MAX_ARGS];
	const char *texts[MAX_ARGS];
	size_t nargs = 0, max = strlen(s->args);

	for (struct node *a = n->list; a && nargs < max; a = a->next) {
		nodes[nargs] = a;
		fns[nargs] = s->args[nargs] == 'P' ? emit_string_or_null : s->args[nargs] == 'S' ? emit_string : emit_expr;
		nargs++;
	}
	if (nargs >= ARRAY_SIZE(s->form) || !s->form[nargs]) {
		diag_error(e->dtc, &n->loc, "D_PROTO_LEN", NULL, "%s() is not supported with %zu arguments", n->func->name, nargs);
		return val_const(n->type, 0);
	}
	emit_in_order(e, nodes, fns, nargs, vals);
	for (size_t i = 0; i < nargs; i++)
		texts[i] = is_text(s->args[i]) ? vals[i].text : val_as(vals[i], nodes[i]->type, s->args[i] == 'I');
	const char *call = expand(s->form[nargs], texts), *t = emit_temp(e);
	if (s->ret == 'V') {
		emit_line(e, "if (%s) DTC_RAISE(c, %u);", call, emit_position(e, n));
		return (struct val){ .kind = VAL_VOID, .text = "0" };
	}
	if (s->fails != NEVER && s->ret != 'I') {
		emit_line(e, "%s%s = %s;", s->ret == 'S' ? "const char *" : "void *", t, call);
		if (s->fails == MISSES)
			emit_line(e, "if (!%s && !c->fault) %s = dtc_no_string;", t, t);
		emit_line(e, "if (!%s) DTC_RAISE(c, %u);", t, emit_position(e, n));
		struct val v = s->ret == 'S' ? val_str(t, true) : val_int(mem_printf("(dtc_u64)%s", t), true, true);
		v.maybe_null = s->fails == MISSES;
		return v;
	}
	bool sign = is_signed(n->type);
	emit_line(e, "%s %s = %s;", sign ? "dtc_s64" : "dtc_u64", t, call);
	if (s->fails != NEVER)
		emit_line(e, "if (c->fault) DTC_RAISE(c, %u);", emit_position(e, n));
	return val_int(t, true, false);
}

/* bcopy(from, to, size), copyinto(user address, size, to): writes into the script's own memory only. */
static struct val call_copy(struct emitter *e, struct node *n)
{
	bool user = n->func->id == FN_COPYINTO;
	struct node *nodes[3] = { n->list, n->list->next, n->list->next->next };
	const emit_fn fns[3] = { emit_expr, emit_expr, emit_expr };
	struct val v[3];
	const char *from = emit_temp(e), *to = emit_temp(e), *size = emit_temp(e);

	emit_in_order(e, nodes, fns, 3, v);
	emit_line(e, "dtc_u64 %s = %s, %s = %s, %s = %s;", from, val_as(v[0], nodes[0]->type, false), user ? size : to, val_as(v[1], nodes[1]->type, false),
		  user ? to : size, val_as(v[2], nodes[2]->type, false));
	emit_own_check(e, n, to, size);
	if (user)
		emit_line(e, "if (dtc_copyinto(c, %s, %s, (void *)%s)) DTC_RAISE(c, %u);", from, size, to, emit_position(e, n));
	else
		emit_line(e, "if (dtc_load_bytes(c, (void *)%s, %s, %s)) DTC_RAISE(c, %u);", to, emit_readable(e, n, from, size), size, emit_position(e, n));
	return (struct val){ .kind = VAL_VOID, .text = "0" };
}

struct val emit_call(struct emitter *e, struct node *n)
{
	const struct subr *s;

	if (n->third)		/* an inline function: expanded */
		return emit_expr(e, n->third);
	if (n->func && (n->func->id == FN_BCOPY || n->func->id == FN_COPYINTO))
		return call_copy(e, n);
	s = n->func ? subr_find(n->func->id) : NULL;
	if (s)
		return call_subr(e, n, s);
	diag_error(e->dtc, &n->loc, "D_FUNC_UNDEF", NULL, "%s() is not supported yet", n->name ? n->name : n->func ? n->func->name : "this function");
	return val_const(n->type, 0);
}
