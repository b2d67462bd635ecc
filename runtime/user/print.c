// SPDX-License-Identifier: GPL-2.0
/* Prints values in DTrace's columns, or by a conversion of printf(). */
#include <arpa/inet.h>
#include <ctype.h>
#include <inttypes.h>
#include <netdb.h>
#include <stdlib.h>
#include <time.h>
#include <wchar.h>
#include "dtrun.h"

#define TRACE_WIDTH 33	/* of a string that is traced */
#define KEY_WIDTH 50	/* of a string that is a key, and of a symbol */

static void conv_text(const struct printer *p, const struct format_conv *c, int width, int precision, const char *s, size_t len);

static void address_text(const struct printer *p, uint64_t addr, bool offset, char *text, size_t size)
{
	struct symbol s;

	if (!symbols_find(p->symbols, addr, &s))
		snprintf(text, size, "0x%" PRIx64, addr);
	else if (offset && addr != s.addr)
		snprintf(text, size, "%s`%s+0x%" PRIx64, s.module, s.name, addr - s.addr);
	else
		snprintf(text, size, "%s`%s", s.module, s.name);
}

static void user_text(const struct printer *p, uint32_t pid, uint64_t addr, enum dtc_sym how, char *text, size_t size)
{
	struct symbol s;

	if (!symbols_user(p->symbols, pid, addr, &s))
		snprintf(text, size, "0x%" PRIx64, addr);
	else if (how == DTC_SYM_MOD)
		snprintf(text, size, "%s", s.module);
	else if (!s.name)
		snprintf(text, size, "%s`0x%" PRIx64, s.module, addr);
	else if (how == DTC_SYM_ADDR && addr != s.addr)
		snprintf(text, size, "%s`%s+0x%" PRIx64, s.module, s.name, addr - s.addr);
	else
		snprintf(text, size, "%s`%s", s.module, s.name);
}

/* Of a program's stack; under noresolve the file and the place in its mapping. */
static void frame_text(const struct printer *p, uint32_t pid, uint64_t addr, char *text, size_t size)
{
	struct symbol s;

	if (p->opt->noresolve && symbols_user(p->symbols, pid, addr, &s))
		snprintf(text, size, "%s:0x%" PRIx64, s.module, addr - s.base);
	else
		user_text(p, pid, addr, DTC_SYM_ADDR, text, size);
}

static void symbol_text(const struct printer *p, const struct value *v, char *text, size_t size)
{
	struct symbol s;

	if (v->kind == DTC_FIELD_USYM)
		user_text(p, v->pid, v->num, v->flags, text, size);
	else if (v->flags == DTC_SYM_MOD && symbols_find(p->symbols, v->num, &s))
		snprintf(text, size, "%s", s.module);
	else
		address_text(p, v->num, v->flags == DTC_SYM_ADDR, text, size);
}

/* c: a conversion, which each frame is printed by; NULL: none. */
void print_stack(const struct printer *p, const struct value *v, int indent, const struct format_conv *c, int width, int precision)
{
	char text[640];

	fputc('\n', p->f);
	for (uint32_t i = 0; i < v->len; i++) {
		if (v->kind == DTC_FIELD_STACK)
			address_text(p, value_frame(v, i), true, text, sizeof(text));
		else
			frame_text(p, v->pid, value_frame(v, i), text, sizeof(text));
		fprintf(p->f, "%*s", indent, "");
		if (c)
			conv_text(p, c, width, precision, text, strlen(text));
		else
			fputs(text, p->f);
		fputc('\n', p->f);
	}
}

/* Bytes as DTrace dumps memory. */
void print_bytes(const struct printer *p, const char *bytes, uint32_t len)
{
	if (!len)
		return;
	fprintf(p->f, "\n%*s", 11, "");
	for (int i = 0; i < 16; i++)
		fprintf(p->f, "  %c", "0123456789abcdef"[i]);
	fputs("  0123456789abcdef\n", p->f);
	for (uint32_t i = 0; i < len; i += 16) {
		fprintf(p->f, "%10x:", i);
		for (uint32_t j = i; j < i + 16; j++)
			if (j < len)
				fprintf(p->f, " %02x", (unsigned char)bytes[j]);
			else
				fputs("   ", p->f);
		fputs("  ", p->f);
		for (uint32_t j = i; j < i + 16 && j < len; j++)
			fputc(isprint((unsigned char)bytes[j]) ? bytes[j] : '.', p->f);
		fputc('\n', p->f);
	}
}

/* Printable text and nothing after it but NULs; without any it fills the bytes. */
static bool is_text(const char *bytes, uint32_t len)
{
	uint32_t n = strnlen(bytes, len);

	if (!n)
		return false;
	for (uint32_t i = 0; i < n; i++)
		if (!isprint((unsigned char)bytes[i]) && !isspace((unsigned char)bytes[i]) && bytes[i] != '\b' && bytes[i] != '\a')
			return false;
	for (uint32_t i = n; i < len; i++)
		if (bytes[i])
			return false;
	return true;
}

int print_width(const struct value *v, bool packed)
{
	static const int widths[] = { [1] = 3, [2] = 5, [4] = 8, [8] = 16 };

	return v->kind == DTC_FIELD_INT ? widths[v->size] : packed ? 16 : -KEY_WIDTH;
}

/* As DTrace shows integers of each size in keys: the short ones without sign, the others with one. */
static void print_key_integer(const struct printer *p, const struct value *v)
{
	int64_t num = v->size == 1 ? (uint8_t)v->num : v->size == 2 ? (uint16_t)v->num : v->size == 4 ? (int32_t)v->num : v->num;

	fprintf(p->f, " %*" PRId64, print_width(v, false), num);
}

/* By trace(): by its type, in a column that holds the longest of its size. */
static void print_integer(const struct printer *p, const struct value *v, bool quiet)
{
	static const int widths[][2] = { [1] = { 3, 3 }, [2] = { 5, 5 }, [4] = { 10, 10 }, [8] = { 20, 19 } };
	const bool is_signed = v->flags & DTC_FIELD_F_SIGNED;
	const int width = quiet ? 0 : widths[v->size][is_signed];

	if (p->opt->rawbytes) {
		print_bytes(p, (const char *)&v->num, v->size);
		return;
	}
	if (!quiet)
		fputc(' ', p->f);
	if (is_signed)
		fprintf(p->f, "%*" PRId64, width, (int64_t)v->num);
	else
		fprintf(p->f, "%*" PRIu64, width, (uint64_t)v->num);
}

/* A string under rawbytes: an array of char as it is; else strsize bytes and the NUL after them. */
static void print_raw_string(const struct printer *p, const struct value *v)
{
	const uint32_t strsize = p->meta->general->strsize;
	bool is_array = v->field && v->field->kind == DTC_FIELD_STRING && v->size && v->size < strsize;
	uint32_t size = is_array ? v->size - 1 : strsize + 1;
	char *bytes = calloc(1, size > v->len ? size : v->len);

	if (!bytes)
		return;
	memcpy(bytes, v->bytes, v->len);
	print_bytes(p, bytes, size > v->len ? size : v->len);
	free(bytes);
}

static void print_string(const struct printer *p, const struct value *v, bool quiet, int width)
{
	if (p->opt->rawbytes)
		print_raw_string(p, v);
	else if (quiet)
		fprintf(p->f, "%.*s", (int)v->len, v->bytes);
	else if (width < 0)
		fprintf(p->f, "  %*.*s", width, (int)v->len, v->bytes);
	else
		fprintf(p->f, " %*.*s", width, (int)v->len, v->bytes);
}

/* Bytes that look like a string; where no NUL ends them, they have their column even when quiet. */
static void print_text(const struct printer *p, const struct value *v, bool quiet, int width)
{
	int n = strnlen(v->bytes, v->len);

	if (quiet && (uint32_t)n < v->len)
		fprintf(p->f, "%.*s", n, v->bytes);
	else
		fprintf(p->f, "  %-*.*s", width, n, v->bytes);
}

void print_packed_key(const struct printer *p, const struct value *v)
{
	if (v->kind == DTC_FIELD_STRING)
		print_string(p, v, false, print_width(v, true));
	else
		print_value(p, v, false, true);
}

void print_value(const struct printer *p, const struct value *v, bool quiet, bool is_key)
{
	int width = is_key ? KEY_WIDTH : TRACE_WIDTH;
	char text[640];

	switch (v->kind) {
	case DTC_FIELD_INT:
		if (is_key)
			print_key_integer(p, v);
		else
			print_integer(p, v, quiet);
		break;
	case DTC_FIELD_BYTES:
		if (v->flags & DTC_FIELD_F_VARS)
			print_vars(p, v, true);
		else if (p->opt->rawbytes || !is_text(v->bytes, v->len))
			print_bytes(p, v->bytes, v->len);
		else
			print_text(p, v, quiet, width);
		break;
	case DTC_FIELD_STRING:
		print_string(p, v, quiet, -width);
		break;
	case DTC_FIELD_STACK:
	case DTC_FIELD_USTACK:
		print_stack(p, v, p->opt->stackindent, NULL, 0, -1);
		break;
	case DTC_FIELD_KSYM:
	case DTC_FIELD_USYM:
		symbol_text(p, v, text, sizeof(text));
		fprintf(p->f, "  %-*s", KEY_WIDTH, text);
		break;
	}
}

static void print_agg_data(const struct printer *p, const struct dtc_meta_agg *agg, const uint64_t *data, int64_t normal)
{
	if (agg_is_distribution(agg->func))
		hist_print(p->f, agg, data, normal, p->opt);
	else
		fprintf(p->f, " %16" PRId64, agg_number(agg, data, normal));
}

void print_agg_value(const struct printer *p, const struct agg_entry *e, const struct dtc_meta_agg *agg)
{
	if (e) {
		print_agg_data(p, agg, agg_data(e), e->normal);
	} else if (!agg_is_distribution(agg->func)) {
		fprintf(p->f, " %16d", 0);
	} else {
		uint64_t *none = calloc(agg->data_words, sizeof(*none));

		if (none)
			hist_print(p->f, agg, none, 1, p->opt);
		free(none);
	}
}

void print_agg_cpus(const struct printer *p, const struct agg_entry *e, const struct dtc_meta_agg *agg, uint32_t ncpus)
{
	for (uint32_t cpu = 0; cpu < ncpus; cpu++) {
		fprintf(p->f, "\n    [CPU %u]", cpu);
		print_agg_data(p, agg, agg_data(e) + (1 + (size_t)cpu) * agg->data_words, e->normal);
	}
}

/* --- conversions --- */

/* The conversion as C's printf() takes it: %FLAGS*.*MODIFIERLETTER, for given width and precision. */
static void c_format(const struct format_conv *c, const char *letter, char text[32])
{
	static const struct { uint32_t flag; char c; } flags[] = {
		{ FORMAT_F_ALT, '#' }, { FORMAT_F_ZERO, '0' }, { FORMAT_F_LEFT, '-' }, { FORMAT_F_PLUS, '+' },
		{ FORMAT_F_SPACE, ' ' }, { FORMAT_F_GROUP, '\'' },
	};
	char *at = text;

	*at++ = '%';
	for (size_t i = 0; i < ARRAY_SIZE(flags); i++)
		if (c->flags & flags[i].flag)
			*at++ = flags[i].c;
	strcpy(at, "*.*");
	strcat(at, letter);
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
static void conv_text(const struct printer *p, const struct format_conv *c, int width, int precision, const char *s, size_t len)
{
	char fmt[32];
	int n = len > FORMAT_WIDTH_MAX ? FORMAT_WIDTH_MAX : (int)len;

	if (!width && precision < 0) {	/* the usual %s */
		fwrite(s, 1, len, p->f);
		return;
	}
	if (precision >= 0 && precision < n)
		n = precision;
	c_format(c, "s", fmt);
	fprintf(p->f, fmt, width, n, s);
}

/* The usual %d and %u: where records come by the million, printf() is what takes the time. */
static void plain_decimal(FILE *f, uint64_t magnitude, bool negative)
{
	char text[24], *at = text + sizeof(text);

	do
		*--at = '0' + magnitude % 10;
	while (magnitude /= 10);
	if (negative)
		*--at = '-';
	fwrite(at, 1, text + sizeof(text) - at, f);
}

static void conv_integer(const struct printer *p, const struct format_conv *c, int width, int precision, int64_t num, uint32_t size,
			 bool is_signed)
{
	char letter[4] = { 'j', c->letter, '\0' }, fmt[32];
	uint64_t mask = size >= 8 ? UINT64_MAX : (1ULL << size * 8) - 1;

	if (c->kind == FORMAT_POINTER)
		letter[1] = 'x';
	if ((letter[1] == 'd' || letter[1] == 'i') && !is_signed)
		letter[1] = 'u';
	if (!width && precision < 0 && !c->flags && letter[1] != 'x' && letter[1] != 'X' && letter[1] != 'o') {
		bool negative = letter[1] != 'u' && num < 0;

		plain_decimal(p->f, negative ? -(uint64_t)num : letter[1] == 'u' ? num & mask : (uint64_t)num, negative);
		return;
	}
	c_format(c, letter, fmt);
	if (letter[1] == 'd' || letter[1] == 'i')
		fprintf(p->f, fmt, width, precision, (intmax_t)num);
	else
		fprintf(p->f, fmt, width, precision, (uintmax_t)(num & mask));
}
#pragma GCC diagnostic pop

static size_t escape(unsigned char ch, char *to)
{
	static const char named[] = "\aa\bb\ff\nn\rr\tt\vv\\\\\"\"";

	for (size_t i = 0; named[i]; i += 2)
		if (named[i] == ch)
			return sprintf(to, "\\%c", named[i + 1]);
	if (!ch)
		return sprintf(to, "\\0");
	return isprint(ch) ? sprintf(to, "%c", ch) : sprintf(to, "\\%03o", ch);
}

static void conv_escaped(const struct printer *p, const struct format_conv *c, int width, int precision, const char *s, size_t len)
{
	char *text = malloc(len * 4 + 5);
	size_t n = 0;

	if (!text)
		return;
	for (size_t i = 0; i < len; i++)
		n += escape(s[i], text + n);
	conv_text(p, c, width, precision, text, n);
	free(text);
}

static void conv_escaped_string(const struct printer *p, const struct format_conv *c, int width, int precision, const struct value *v)
{
	char *text = malloc(v->len + 1);

	if (!text)
		return;
	memcpy(text, v->bytes, v->len);
	text[v->len] = '\0';
	conv_escaped(p, c, width, precision, text, v->len + 1);
	free(text);
}

static void conv_wide(const struct printer *p, const struct format_conv *c, int width, int precision, const char *s, size_t len)
{
	char *text = malloc(len * 4 + 5);
	size_t n = 0;

	if (!text)
		return;
	for (size_t i = 0; i + 4 <= len; i += 4) {
		uint32_t w;

		memcpy(&w, s + i, 4);
		if (!w)
			break;
		if (w < 0x80)
			text[n++] = w;
		else if (w < 0x800)
			n += sprintf(text + n, "%c%c", 0xc0 | w >> 6, 0x80 | (w & 63));
		else if (w < 0x10000)
			n += sprintf(text + n, "%c%c%c", 0xe0 | w >> 12, 0x80 | (w >> 6 & 63), 0x80 | (w & 63));
		else
			n += sprintf(text + n, "%c%c%c%c", 0xf0 | (w >> 18 & 7), 0x80 | (w >> 12 & 63), 0x80 | (w >> 6 & 63), 0x80 | (w & 63));
	}
	conv_text(p, c, width, precision, text, n);
	free(text);
}

static void conv_date(const struct printer *p, const struct format_conv *c, int width, int precision, int64_t ns)
{
	time_t seconds = ns / 1000000000;
	struct tm tm;
	char text[64];

	if (!localtime_r(&seconds, &tm))
		return;
	strftime(text, sizeof(text), c->kind == FORMAT_DATE ? "%Y %b %e %H:%M:%S" : "%a, %d %b %G %T %Z", &tm);
	conv_text(p, c, width, precision, text, strlen(text));
}

/* The host of an address, by its name if it has one. The last answer is kept: asking may take seconds. */
static void inet_text(const struct printer *p, const char *address, char *text, size_t size)
{
	static char known[INET6_ADDRSTRLEN], name[NI_MAXHOST];
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
	bool is_v4 = inet_pton(AF_INET, address, &v4.sin_addr) == 1;

	snprintf(text, size, "%s", address);
	if (p->opt->noresolve || (!is_v4 && inet_pton(AF_INET6, address, &v6.sin6_addr) != 1))
		return;
	if (strcmp(known, address)) {
		snprintf(known, sizeof(known), "%s", address);
		if (getnameinfo(is_v4 ? (void *)&v4 : (void *)&v6, is_v4 ? sizeof(v4) : sizeof(v6), name, sizeof(name), NULL, 0, NI_NAMEREQD))
			snprintf(name, sizeof(name), "%s", address);
	}
	snprintf(text, size, "%s", name);
}

/* An address as text, which may have a name; or its bytes, which are shown as numbers. */
static void conv_inet(const struct printer *p, const struct format_conv *c, int width, int precision, const struct value *v)
{
	char address[NI_MAXHOST] = "", text[NI_MAXHOST];
	uint32_t v4 = v->num;

	if (v->kind == DTC_FIELD_STRING) {
		snprintf(address, sizeof(address), "%.*s", (int)v->len, v->bytes);
		inet_text(p, address, text, sizeof(text));
		conv_text(p, c, width, precision, text, strlen(text));
		return;
	}
	if (v->kind == DTC_FIELD_INT)
		inet_ntop(AF_INET, &v4, address, sizeof(address));
	else if (v->kind == DTC_FIELD_BYTES && v->len >= 16)
		inet_ntop(AF_INET6, v->bytes, address, sizeof(address));
	else if (v->kind == DTC_FIELD_BYTES && v->len >= 4)
		inet_ntop(AF_INET, v->bytes, address, sizeof(address));
	conv_text(p, c, width, precision, address, strlen(address));
}

/* A port in the host's order, by the name of its service if it has one. */
static void conv_port(const struct printer *p, const struct format_conv *c, int width, int precision, uint16_t port)
{
	const struct servent *service = p->opt->noresolve ? NULL : getservbyport(htons(port), NULL);
	char text[64];

	if (service)
		snprintf(text, sizeof(text), "%s", service->s_name);
	else
		snprintf(text, sizeof(text), "%u", port);
	conv_text(p, c, width, precision, text, strlen(text));
}

static void conv_symbol(const struct printer *p, const struct format_conv *c, int width, int precision, const struct value *v)
{
	struct value addr = *v;
	char text[640];

	if (v->kind == DTC_FIELD_INT) {
		addr.kind = c->kind == FORMAT_USER_ADDR ? DTC_FIELD_USYM : DTC_FIELD_KSYM;
		addr.pid = p->target;
	}
	if (v->kind == DTC_FIELD_INT || (v->kind == DTC_FIELD_KSYM && v->flags != DTC_SYM_MOD && c->kind == FORMAT_KERNEL_ADDR))
		addr.flags = DTC_SYM_ADDR;
	symbol_text(p, &addr, text, sizeof(text));
	conv_text(p, c, width, precision, text, strlen(text));
}

static bool has_text(const struct value *v)
{
	return v->kind == DTC_FIELD_STRING || v->kind == DTC_FIELD_BYTES;
}

static void conv_vars(const struct printer *p, const struct format_conv *c, int width, int precision, const struct value *v)
{
	char *text = vars_text(p, v);

	conv_text(p, c, width, precision, text ? text : "", text ? strlen(text) : 0);
	free(text);
}

void print_conv(const struct printer *p, const struct format_conv *c, int width, int precision, const struct value *v)
{
	char byte = v->num;
	uint32_t wide = v->num;

	switch (c->kind) {
	case FORMAT_INT:
	case FORMAT_POINTER:
		conv_integer(p, c, width, precision, v->num, v->size ? v->size : 8, v->flags & DTC_FIELD_F_SIGNED);
		break;
	case FORMAT_CHAR:
		if (c->flags & FORMAT_F_LEFT || width < 0)
			fprintf(p->f, "%c%*s", byte, width < 0 ? -width - 1 : width > 1 ? width - 1 : 0, "");
		else
			fprintf(p->f, "%*c", width, byte);
		break;
	case FORMAT_ESCAPED_CHAR:
		conv_escaped(p, c, width, precision, &byte, 1);
		break;
	case FORMAT_STRING:
		if (v->kind == DTC_FIELD_BYTES && v->flags & DTC_FIELD_F_VARS)
			conv_vars(p, c, width, precision, v);
		else if (has_text(v))
			conv_text(p, c, width, precision, v->bytes, strnlen(v->bytes, v->len));
		else
			conv_symbol(p, c, width, precision, v);
		break;
	case FORMAT_ESCAPED_STRING:	/* the NUL that ends it is shown too */
		if (v->kind == DTC_FIELD_STRING)
			conv_escaped_string(p, c, width, precision, v);
		else if (has_text(v))
			conv_escaped(p, c, width, precision, v->bytes, strnlen(v->bytes, v->len - !!v->len) + !!v->len);
		break;
	case FORMAT_WIDE_CHAR:
		conv_wide(p, c, width, -1, (char *)&wide, sizeof(wide));
		break;
	case FORMAT_WIDE_STRING:
		if (has_text(v))
			conv_wide(p, c, width, precision, v->bytes, v->len);
		break;
	case FORMAT_FLOAT:
		conv_text(p, c, width, -1, "0", 1);	/* D has none */
		break;
	case FORMAT_KERNEL_ADDR:
	case FORMAT_USER_ADDR:
		conv_symbol(p, c, width, precision, v);
		break;
	case FORMAT_STACK:	/* set to the left, its width is what it is indented by */
		if (v->kind != DTC_FIELD_STACK && v->kind != DTC_FIELD_USTACK)
			break;
		if (c->flags & FORMAT_F_LEFT)
			print_stack(p, v, width < 0 ? -width : width, c, 0, precision);
		else
			print_stack(p, v, width < 0 ? -width : 0, c, width, precision);
		break;
	case FORMAT_DATE:
	case FORMAT_DATE_RFC:
		conv_date(p, c, width, precision, v->num);
		break;
	case FORMAT_INET:
		conv_inet(p, c, width, precision, v);
		break;
	case FORMAT_PORT:
		conv_port(p, c, width, precision, v->num);
		break;
	default:
		break;
	}
}

void print_conv_agg(const struct printer *p, const struct format_conv *c, int width, int precision, const struct dtc_meta_agg *agg,
		    const struct agg_entry *e)
{
	struct value v = { .kind = DTC_FIELD_INT, .size = 8, .flags = DTC_FIELD_F_SIGNED };

	if (agg_is_distribution(agg->func)) {
		print_agg_value(p, e, agg);
		return;
	}
	v.num = e ? agg_number(agg, agg_data(e), e->normal) : 0;
	print_conv(p, c, width, precision, &v);
}

/* An argument for `*`. */
static int star(const struct value *v, size_t n, size_t *at)
{
	int64_t num = *at < n ? v[(*at)++].num : 0;

	return num > FORMAT_WIDTH_MAX ? FORMAT_WIDTH_MAX : num < -FORMAT_WIDTH_MAX ? -FORMAT_WIDTH_MAX : (int)num;
}

void print_format(const struct printer *p, const struct format *fmt, const struct value *v, size_t n,
		  struct agg_entry *const *entries, const uint32_t *rows, size_t naggs)
{
	size_t at = 0, agg = 0;

	for (uint32_t i = 0; i < fmt->nconvs; i++) {
		const struct format_conv *c = &fmt->convs[i];
		int width, precision;

		if (c->kind == FORMAT_TEXT) {
			fwrite(c->text, 1, c->text_len, p->f);
			continue;
		}
		width = c->flags & FORMAT_F_DYNWIDTH ? star(v, n, &at) : c->width < 0 ? 0 : c->width;
		precision = c->flags & FORMAT_F_DYNPREC ? star(v, n, &at) : c->precision;
		if (!precision)		/* as if there were none */
			precision = -1;
		if (c->flags & FORMAT_F_AGG) {
			if (naggs)
				print_conv_agg(p, c, width, precision, meta_agg(p->meta, rows[agg]), entries[agg]);
			agg += agg + 1 < naggs;	/* the last one serves all that are left */
		} else if (at < n) {
			print_conv(p, c, width, precision, &v[at++]);
		}
	}
}
