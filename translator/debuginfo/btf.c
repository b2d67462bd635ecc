// SPDX-License-Identifier: GPL-2.0
/*
 * Types of the kernel: BTF as struct type. A type is made when it is asked for
 * and kept; members of structures, and enumerators, when they are looked at.
 * BTF comes from files, so what it refers to is checked, and a reference that
 * goes round without a structure in between becomes void.
 */
#include <bpf/btf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>

#include "image.h"
#include "index.h"
#include "module.h"

#define IMPORT_DEPTH 200

/* The types of vmlinux, or of a module on top of them. */
struct kernel_btf {
	struct dtc *dtc;
	const char *module;
	struct btf *btf;		/* NULL: there is none */
	u32 count;
	struct type **types;		/* by id */
	bool *busy;			/* being made */
	unsigned depth;
	unsigned searches;		/* by name */
	u32 *heads, *chain;		/* by hash of the name, made for those who search much; ids from the lowest */
	u32 nheads;
	struct kernel_btf *next;
};

static struct type *import(struct kernel_btf *b, u32 id);

/* --- opening --- */

static int vmlinux_open(struct dtc *dtc, struct kernel_btf *b)
{
	const struct index_file *f = index_vmlinux(dtc);

	if (f && crc32_z(0, f->btf, f->btf_size) != f->btf_crc)
		f = index_vmlinux_remake(dtc);
	if (!f)
		return -1;
	b->btf = btf__new(f->btf, f->btf_size);
	return b->btf ? 0 : -1;
}

/* libbpf 1.1 declares btf__new_split() but does not export it: the same by a file without a name. */
static struct btf *split_open(const struct elf_part *part, struct btf *base)
{
	int fd = memfd_create("btf", MFD_CLOEXEC);
	struct btf *btf = NULL;

	if (fd >= 0 && write(fd, part->data, part->size) == (ssize_t)part->size)
		btf = btf__parse_raw_split(mem_printf("/proc/self/fd/%d", fd), base);
	if (fd >= 0)
		close(fd);
	return btf;
}

static struct btf *module_btf(struct dtc *dtc, const char *module, struct btf *base)
{
	const struct index_file *f = kernel_has_modules(dtc) ? index_modules(dtc) : NULL;
	const struct index_mod *m = f ? index_mod_find(f, module) : NULL;
	struct file_data file;
	struct elf_part part;
	struct btf *btf = NULL;

	if (f && !m && (f = index_modules_all(dtc)))
		m = index_mod_find(f, module);
	if (!m || module_open(index_name(f, m->path), &file))
		return NULL;
	if (elf_section(&file, ".BTF", &part))
		btf = split_open(&part, base);
	file_data_deinit(&file);
	return btf;
}

static struct kernel_btf *btf_find(struct kernel_index *x, const char *module)
{
	for (struct kernel_btf *b = x->btf; b; b = b->next)
		if (!strcmp(b->module, module))
			return b;
	return NULL;
}

static struct kernel_btf *btf_get(struct dtc *dtc, const char *module)
{
	struct kernel *k = kernel_get(dtc);
	struct kernel_btf *b, *base = NULL;

	if (!k || !index_has_vmlinux(dtc))
		return NULL;
	if (!module)
		module = "vmlinux";
	b = btf_find(k->index, module);
	if (b)
		return b->btf ? b : NULL;
	if (strcmp(module, "vmlinux") && !(base = btf_get(dtc, "vmlinux")))
		return NULL;
	b = mem_alloc(sizeof(*b));
	b->dtc = dtc;
	b->module = mem_strdup(module);
	b->next = k->index->btf;
	k->index->btf = b;
	if (base)
		b->btf = module_btf(dtc, module, base->btf);
	else
		vmlinux_open(dtc, b);
	if (!b->btf)
		return NULL;
	b->count = btf__type_cnt(b->btf);
	b->types = mem_alloc(b->count * sizeof(*b->types));
	b->busy = mem_alloc(b->count);
	return b;
}

/* Modules' types stand on those of vmlinux, which was opened first and is the last. */
void btf_close(struct kernel_index *x)
{
	for (struct kernel_btf *b = x->btf; b; b = b->next)
		btf__free(b->btf);
	x->btf = NULL;
}

/* --- making types --- */

static struct type *type_void(struct kernel_btf *b)
{
	if (!b->types[0]) {
		b->types[0] = mem_alloc(sizeof(struct type));
		b->types[0]->kind = TYPE_VOID;
		b->types[0]->name = "void";
		b->types[0]->module = b->module;
	}
	return b->types[0];
}

static const char *name_of(struct kernel_btf *b, u32 off)
{
	const char *s = off ? btf__name_by_offset(b->btf, off) : NULL;

	return s && *s ? s : NULL;
}

static void complete_members(struct type *t)
{
	struct kernel_btf *b = t->complete_arg;
	const struct btf_type *bt = btf__type_by_id(b->btf, t->btf_id);
	const struct btf_member *m = btf_members(bt);

	t->complete = NULL;
	t->nmembers = btf_vlen(bt);
	t->members = mem_alloc((t->nmembers + 1) * sizeof(*t->members));
	for (size_t i = 0; i < t->nmembers; i++)
		t->members[i] = (struct member){
			.name = name_of(b, m[i].name_off),
			.type = import(b, m[i].type),
			.bit_offset = btf_member_bit_offset(bt, i),
			.bits = btf_member_bitfield_size(bt, i),
		};
}

static void complete_enums(struct type *t)
{
	struct kernel_btf *b = t->complete_arg;
	const struct btf_type *bt = btf__type_by_id(b->btf, t->btf_id);

	t->complete = NULL;
	t->nenums = btf_vlen(bt);
	t->enums = mem_alloc((t->nenums + 1) * sizeof(*t->enums));
	for (size_t i = 0; i < t->nenums; i++) {
		const struct btf_enum *e = btf_enum(bt) + i;
		const struct btf_enum64 *e64 = btf_enum64(bt) + i;

		if (btf_kind(bt) == BTF_KIND_ENUM64)
			t->enums[i] = (struct enumerator){ name_of(b, e64->name_off), (s64)((u64)e64->val_hi32 << 32 | e64->val_lo32) };
		else
			t->enums[i] = (struct enumerator){ name_of(b, e->name_off), t->is_signed ? (s64)e->val : (s64)(u32)e->val };
	}
}

static void import_int(struct type *t, const struct btf_type *bt)
{
	u32 encoding = btf_int_encoding(bt);

	t->kind = TYPE_INT;
	t->size = bt->size;
	t->is_bool = encoding & BTF_INT_BOOL;
	t->is_char = (encoding & BTF_INT_CHAR) || (t->name && bt->size == 1 && strstr(t->name, "char"));
	/* plain char is signed on x86 */
	t->is_signed = (encoding & BTF_INT_SIGNED) || (t->name && !strcmp(t->name, "char"));
}

static void import_function(struct kernel_btf *b, struct type *t, const struct btf_type *bt)
{
	const struct btf_param *p = btf_params(bt);
	size_t n = btf_vlen(bt);

	t->kind = TYPE_FUNCTION;
	t->ref = import(b, bt->type);
	/* a last parameter without name and type stands for ... */
	if (n && !p[n - 1].type && !p[n - 1].name_off) {
		t->is_varargs = true;
		n--;
	}
	t->nmembers = n;
	t->members = mem_alloc((n + 1) * sizeof(*t->members));
	for (size_t i = 0; i < n; i++)
		t->members[i] = (struct member){ .name = name_of(b, p[i].name_off), .type = import(b, p[i].type) };
}

static void import_array(struct kernel_btf *b, struct type *t, const struct btf_type *bt)
{
	const struct btf_array *a = btf_array(bt);

	t->kind = TYPE_ARRAY;
	t->ref = import(b, a->type);
	t->count = a->nelems;
	t->is_incomplete_array = !a->nelems;
	t->size = t->count * t->ref->size;
}

/* const, volatile and __user are marks on a copy. */
static struct type *import_qualified(struct kernel_btf *b, const struct btf_type *bt, u32 qual)
{
	struct type *of = import(b, bt->type), *t;

	if (!qual)
		return of;
	t = mem_alloc(sizeof(*t));
	*t = *of;
	t->quals |= qual;
	return t;
}

static void import_sou(struct kernel_btf *b, struct type *t, const struct btf_type *bt, enum type_kind kind)
{
	t->kind = kind;
	t->size = bt->size;
	t->complete = complete_members;
	t->complete_arg = b;
}

static void import_enum(struct kernel_btf *b, struct type *t, const struct btf_type *bt)
{
	t->kind = TYPE_ENUM;
	t->size = bt->size;
	t->is_signed = btf_kflag(bt);
	t->complete = complete_enums;
	t->complete_arg = b;
	/* kernels before 6.0 did not say which enumerations are signed: one with a value below 0 is */
	for (u32 i = 0; btf_is_enum(bt) && i < btf_vlen(bt); i++)
		if (btf_enum(bt)[i].val == -1)
			t->is_signed = true;
}

static struct type *import_kind(struct kernel_btf *b, u32 id, const struct btf_type *bt)
{
	struct type *t;

	switch (btf_kind(bt)) {
	case BTF_KIND_CONST:
		return import_qualified(b, bt, TYPE_Q_CONST);
	case BTF_KIND_VOLATILE:
		return import_qualified(b, bt, TYPE_Q_VOLATILE);
	case BTF_KIND_TYPE_TAG: {
		const char *tag = name_of(b, bt->name_off);

		return import_qualified(b, bt, tag && !strcmp(tag, "user") ? TYPE_Q_USERLAND : 0);
	}
	case BTF_KIND_RESTRICT:
		return import_qualified(b, bt, 0);
	case BTF_KIND_FUNC:
	case BTF_KIND_VAR:
		return import(b, bt->type);
	}
	t = mem_alloc(sizeof(*t));
	t->name = name_of(b, bt->name_off);
	t->module = b->module;
	t->btf_id = id;
	switch (btf_kind(bt)) {
	case BTF_KIND_INT:
		import_int(t, bt);
		break;
	case BTF_KIND_FLOAT:
		t->kind = TYPE_FLOAT;
		t->size = bt->size;
		break;
	case BTF_KIND_PTR:
		t->kind = TYPE_POINTER;
		t->size = sizeof(u64);
		t->ref = import(b, bt->type);
		break;
	case BTF_KIND_ARRAY:
		import_array(b, t, bt);
		break;
	case BTF_KIND_STRUCT:
		import_sou(b, t, bt, TYPE_STRUCT);
		break;
	case BTF_KIND_UNION:
		import_sou(b, t, bt, TYPE_UNION);
		break;
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		import_enum(b, t, bt);
		break;
	case BTF_KIND_FWD:
		t->kind = TYPE_FORWARD;
		break;
	case BTF_KIND_TYPEDEF:
		t->kind = TYPE_TYPEDEF;
		t->ref = import(b, bt->type);
		t->size = t->ref->size;
		break;
	case BTF_KIND_FUNC_PROTO:
		import_function(b, t, bt);
		break;
	default:
		return type_void(b);
	}
	return t;
}

static struct type *import(struct kernel_btf *b, u32 id)
{
	const struct btf_type *bt;
	struct type *t;

	if (!id || id >= b->count)
		return type_void(b);
	if (b->types[id])
		return b->types[id];
	bt = btf__type_by_id(b->btf, id);
	if (!bt || b->busy[id] || b->depth > IMPORT_DEPTH)
		return type_void(b);
	b->busy[id] = true;
	b->depth++;
	t = import_kind(b, id, bt);
	b->depth--;
	b->busy[id] = false;
	b->types[id] = t;
	return t;
}

/* --- by name --- */

static bool kind_matches(const struct btf_type *bt, enum type_kind kind)
{
	switch (kind) {
	case TYPE_STRUCT:	return btf_is_struct(bt);
	case TYPE_UNION:	return btf_is_union(bt);
	case TYPE_ENUM:		return btf_is_enum(bt) || btf_is_enum64(bt);
	case TYPE_TYPEDEF:	return btf_is_typedef(bt);
	case TYPE_INT:		return btf_is_int(bt);
	case TYPE_FUNCTION:	return btf_is_func(bt);
	default:		return false;
	}
}

typedef bool is_kind_fn(const struct btf_type *, enum type_kind);

static bool is_named(struct kernel_btf *b, u32 id, is_kind_fn *is_kind, enum type_kind kind, const char *name)
{
	const struct btf_type *bt = btf__type_by_id(b->btf, id);
	const char *s;

	if (!is_kind(bt, kind) || !bt->name_off)
		return false;
	s = btf__name_by_offset(b->btf, bt->name_off);
	return s && *s == *name && !strcmp(s, name);
}

/* Costs as much as some ten searches through all types. */
static void names_hash(struct kernel_btf *b)
{
	b->nheads = 1024;
	while (b->nheads < b->count)
		b->nheads *= 2;
	b->heads = mem_alloc(b->nheads * sizeof(*b->heads));
	b->chain = mem_alloc(b->count * sizeof(*b->chain));
	for (u32 i = b->count; --i;) {
		const char *s = name_of(b, btf__type_by_id(b->btf, i)->name_off);
		u32 *head = s ? &b->heads[hash_bytes(HASH_SEED, s, strlen(s)) & (b->nheads - 1)] : NULL;

		if (!head)
			continue;
		b->chain[i] = *head;
		*head = i;
	}
}

static u32 find(struct kernel_btf *b, u32 from, is_kind_fn *is_kind, enum type_kind kind, const char *name)
{
	u32 i;

	if (b->searches++ < 16) {
		for (i = from; i < b->count; i++)
			if (is_named(b, i, is_kind, kind, name))
				return i;
		return 0;
	}
	if (!b->heads)
		names_hash(b);
	i = b->heads[hash_bytes(HASH_SEED, name, strlen(name)) & (b->nheads - 1)];
	while (i && (i < from || !is_named(b, i, is_kind, kind, name)))
		i = b->chain[i];
	return i;
}

struct type *kernel_type(struct dtc *dtc, enum type_kind kind, const char *name, const char *module)
{
	struct kernel_btf *b = btf_get(dtc, module);
	u32 id = b && *name ? find(b, 1, kind_matches, kind, name) : 0;

	return id ? import(b, id) : NULL;
}

static bool is_var(const struct btf_type *bt, enum type_kind kind)
{
	return btf_is_var(bt);
}

/* Whether the variable stands in a section that each CPU has a copy of. */
static bool var_is_percpu(struct kernel_btf *b, u32 var)
{
	for (u32 i = 1; i < b->count; i++) {
		const struct btf_type *bt = btf__type_by_id(b->btf, i);
		const struct btf_var_secinfo *v = btf_var_secinfos(bt);
		const char *s;

		if (!btf_is_datasec(bt) || !(s = name_of(b, bt->name_off)) || strncmp(s, ".data..percpu", 13))
			continue;
		for (u32 j = 0; j < btf_vlen(bt); j++)
			if (v[j].type == var)
				return true;
	}
	return false;
}

struct type *kernel_variable_type(struct dtc *dtc, const char *module, const char *name, bool *is_percpu)
{
	struct kernel_btf *b = btf_get(dtc, module);
	u32 id = b && *name ? find(b, 1, is_var, TYPE_VOID, name) : 0;

	*is_percpu = id && var_is_percpu(b, id);
	return id ? import(b, id) : NULL;
}

bool kernel_function_exists(struct dtc *dtc, const char *name)
{
	struct kernel_btf *b = btf_get(dtc, NULL);

	return b && find(b, 1, kind_matches, TYPE_FUNCTION, name);
}

bool btf_same_prototype(const struct btf *btf, u32 a, u32 b)
{
	const struct btf_type *x = btf__type_by_id(btf, a), *y = btf__type_by_id(btf, b);

	if (!a || !b || !x || !y || !btf_is_func_proto(x) || !btf_is_func_proto(y) || x->type != y->type || btf_vlen(x) != btf_vlen(y))
		return false;
	for (u32 i = 0; i < btf_vlen(x); i++)
		if (btf_params(x)[i].type != btf_params(y)[i].type)
			return false;
	return true;
}

/* Of a module: its own are those above the ids of vmlinux. 0 where two functions of the name differ. */
static u32 module_function(struct kernel_btf *b, u32 first, const char *name)
{
	u32 id = find(b, first, kind_matches, TYPE_FUNCTION, name), other = id;

	while (other && (other = find(b, other + 1, kind_matches, TYPE_FUNCTION, name)))
		if (!btf_same_prototype(b->btf, btf__type_by_id(b->btf, id)->type, btf__type_by_id(b->btf, other)->type))
			return 0;
	return id;
}

struct type *kernel_function_type(struct dtc *dtc, const char *module, const char *name)
{
	struct kernel_btf *b = btf_get(dtc, module);
	const struct index_file *f;
	u32 id, row;

	if (!b)
		return NULL;
	if (strcmp(b->module, "vmlinux")) {
		id = module_function(b, btf_get(dtc, NULL)->count, name);
		return id ? import(b, id) : NULL;
	}
	f = index_vmlinux(dtc);
	row = f && f->nmods ? index_func_find(f, &f->mods[0], name) : INDEX_NONE;
	id = row != INDEX_NONE ? f->funcs[row].btf_id : 0;
	return id ? import(b, id) : NULL;
}

/* The same prototype with names, which only int __traceiter_NAME(void *, arguments) has. */
static struct type *tracepoint_named(struct dtc *dtc, struct kernel_btf *b, const char *name, struct type *t)
{
	const char *function = mem_printf("__traceiter_%s", name);
	struct type *named = kernel_function_type(dtc, b->module, function);
	u32 id = named ? 0 : find(b, 1, kind_matches, TYPE_FUNCTION, function);

	if (id)
		named = import(b, id);
	return named && named->nmembers == t->nmembers ? named : t;
}

/* typedef void (*btf_trace_NAME)(void *, arguments) */
struct type *kernel_tracepoint_type(struct dtc *dtc, u32 index)
{
	const struct index_file *f = index_vmlinux(dtc);
	struct kernel_btf *b;
	struct type *t;
	u32 id;

	if (f && index >= f->ntps) {
		index -= f->ntps;
		f = index_modules(dtc);
	}
	if (!f || index >= f->ntps)
		return NULL;
	b = btf_get(dtc, index_name(f, index_tp_module(f, index)->name));
	if (!b)
		return NULL;
	id = f->tps[index].btf_id;
	if (!id)
		id = find(b, strcmp(b->module, "vmlinux") ? btf_get(dtc, NULL)->count : 1, kind_matches, TYPE_TYPEDEF,
			  mem_printf("btf_trace_%s", index_name(f, f->tps[index].name)));
	t = id ? import(b, id) : NULL;
	while (t && (t->kind == TYPE_TYPEDEF || t->kind == TYPE_POINTER))
		t = t->ref;
	return t && t->kind == TYPE_FUNCTION ? tracepoint_named(dtc, b, index_name(f, f->tps[index].name), t) : NULL;
}

const char *kernel_types_missing(struct dtc *dtc)
{
	if (!kernel_get(dtc) || index_has_vmlinux(dtc))
		return NULL;
	return mem_printf("kernel types need the kernel's image: apt-get install linux-image-%s", dtc->kernel->release);
}
