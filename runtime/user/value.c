// SPDX-License-Identifier: GPL-2.0
/*
 * Decodes fields of records and parts of keys. Fields were checked against
 * their record by meta_parse(); keys are checked here.
 */
#include "dtrun.h"

const char *meta_probe_part(const struct meta *m, uint32_t probe, unsigned part)
{
	const struct dtc_meta_probe *p;

	if (probe >= meta_nprobes(m))
		return "";
	p = meta_probe(m, probe);
	switch (part) {
	case DTC_PART_PROVIDER:
		return meta_string(m, p->provider);
	case DTC_PART_MODULE:
		return meta_string(m, p->module);
	case DTC_PART_FUNCTION:
		return meta_string(m, p->function);
	default:
		return meta_string(m, p->name);
	}
}

static void value_string(struct value *v, const char *s, size_t max)
{
	v->kind = DTC_FIELD_STRING;
	v->bytes = s;
	v->len = strnlen(s, max);
}

/* What the module does not cut: names of programs and of probes. */
static void value_name(const struct meta *m, struct value *v, const char *s, size_t max)
{
	value_string(v, s, m->general->strsize < max ? m->general->strsize : max);
}

static int64_t integer(const char *p, uint32_t size, bool is_signed)
{
	union { uint8_t b; uint16_t h; uint32_t w; uint64_t d; } u = { 0 };

	memcpy(&u, p, size <= 8 ? size : 8);
	switch (size) {
	case 1:
		return is_signed ? (int8_t)u.b : u.b;
	case 2:
		return is_signed ? (int16_t)u.h : u.h;
	case 4:
		return is_signed ? (int64_t)(int32_t)u.w : u.w;
	default:
		return u.d;
	}
}

static uint32_t frames_count(const char *p, uint32_t max)
{
	for (uint32_t i = 0; i < max; i++)
		if (!integer(p + i * 8, 8, false))
			return i;
	return max;
}

uint64_t value_frame(const struct value *v, uint32_t i)
{
	return integer(v->bytes + (size_t)i * 8, 8, false);
}

static void value_const(const struct meta *m, const struct dtc_meta_field *f, struct value *v)
{
	if (f->flags & DTC_FIELD_F_STRING) {
		const char *s = meta_string(m, f->value);

		value_string(v, s, strlen(s));
		return;
	}
	v->kind = DTC_FIELD_INT;
	v->size = f->size == 1 || f->size == 2 || f->size == 4 ? f->size : 8;
	v->num = integer((const char *)&f->value, v->size, f->flags & DTC_FIELD_F_SIGNED);	/* as its type would hold it */
}

void value_from_record(const struct meta *m, const struct dtc_meta_field *f, const char *record, uint32_t probe, struct value *v)
{
	const char *p = record + f->offset;

	*v = (struct value){ .field = f, .kind = f->kind, .flags = f->flags, .size = f->size };
	switch (f->kind) {
	case DTC_FIELD_INT:
		v->num = integer(p, f->size, f->flags & DTC_FIELD_F_SIGNED);
		break;
	case DTC_FIELD_STRING:
		value_string(v, p, f->size);
		break;
	case DTC_FIELD_COMM:
		value_name(m, v, p, f->size);
		break;
	case DTC_FIELD_BYTES:
		v->bytes = p;
		v->len = f->size;
		break;
	case DTC_FIELD_STACK:
		v->bytes = p;
		v->len = frames_count(p, f->size / 8);
		break;
	case DTC_FIELD_USTACK:
		v->pid = integer(p, 8, false);
		v->bytes = p + 8;
		v->len = frames_count(p + 8, f->size / 8 - 1);
		break;
	case DTC_FIELD_KSYM:
		v->num = integer(p, 8, false);
		break;
	case DTC_FIELD_USYM:
		v->pid = integer(p, 8, false);
		v->num = integer(p + 8, 8, false);
		break;
	case DTC_FIELD_PROBE: {
		const char *s = meta_probe_part(m, probe, f->flags);

		value_name(m, v, s, strlen(s));
		break;
	}
	case DTC_FIELD_CONST:
		value_const(m, f, v);
		break;
	}
}

int value_from_key(const struct meta *m, const struct dtc_meta_field *f, const uint64_t *words, size_t n, struct value *v)
{
	size_t taken = f->kind == DTC_FIELD_COMM || f->kind == DTC_FIELD_USYM ? 2 : 1;
	const char *s;

	*v = (struct value){ .field = f, .kind = f->kind, .flags = f->flags, .size = f->size };
	if (n < taken)
		return -1;
	switch (f->kind) {
	case DTC_FIELD_INT:
	case DTC_FIELD_KSYM:
		v->num = words[0];
		break;
	case DTC_FIELD_COMM:
		value_name(m, v, (const char *)words, DTC_COMM_LEN);
		break;
	case DTC_FIELD_STRING:
		if (words[0] > (n - 1) * 8)
			return -1;
		value_string(v, (const char *)(words + 1), words[0]);
		taken = 1 + (words[0] + 7) / 8;
		break;
	case DTC_FIELD_STACK:
		if (words[0] > n - 1)
			return -1;
		v->bytes = (const char *)(words + 1);
		v->len = words[0];
		taken = 1 + words[0];
		break;
	case DTC_FIELD_USTACK:
		if (n < 2 || words[0] > n - 2)
			return -1;
		v->pid = words[1];
		v->bytes = (const char *)(words + 2);
		v->len = words[0];
		taken = 2 + words[0];
		break;
	case DTC_FIELD_USYM:
		v->pid = words[0];
		v->num = words[1];
		break;
	case DTC_FIELD_PROBE:
		if (words[0] >= meta_nprobes(m))
			return -1;
		s = meta_probe_part(m, words[0], f->flags);
		value_name(m, v, s, strlen(s));
		break;
	default:
		return -1;
	}
	return taken;
}

/* Keys were checked when they came in: they decode. */
size_t value_from_keys(const struct meta *m, const struct agg_entry *e, struct value *v)
{
	const struct dtc_meta_agg *g = meta_agg(m, e->agg);
	size_t at = 0;

	for (uint32_t i = 0; i < g->nkeys; i++) {
		int taken = value_from_key(m, meta_field(m, g->first_key + i), e->words + at, e->key_words - at, &v[i]);

		if (taken > 0)
			at += taken;
	}
	return g->nkeys;
}
