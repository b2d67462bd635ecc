// SPDX-License-Identifier: GPL-2.0
/* The parser of printf() formats. Assumes nothing of its input: any bytes, of any length. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dtc/format.h>

static const char *const kind_wants[FORMAT_KIND_NR] = {
	[FORMAT_TEXT]		 = "nothing",
	[FORMAT_INT]		 = "an integer",
	[FORMAT_POINTER]	 = "a pointer or an integer",
	[FORMAT_CHAR]		 = "a char or an integer",
	[FORMAT_ESCAPED_CHAR]	 = "a char or an integer",
	[FORMAT_STRING]		 = "char [] or string (or use stringof)",
	[FORMAT_ESCAPED_STRING]	 = "char [] or string (or use stringof)",
	[FORMAT_WIDE_CHAR]	 = "a wide character (an integer)",
	[FORMAT_WIDE_STRING]	 = "an array of wide characters",
	[FORMAT_FLOAT]		 = "float, double or long double",
	[FORMAT_KERNEL_ADDR]	 = "a pointer, an integer or _symaddr",
	[FORMAT_USER_ADDR]	 = "a pointer, an integer or _usymaddr",
	[FORMAT_STACK]		 = "a stack",
	[FORMAT_DATE]		 = "an integer of 64 bits, as walltimestamp or (int64_t)x",
	[FORMAT_DATE_RFC]	 = "an integer of 64 bits, as walltimestamp or (int64_t)x",
	[FORMAT_INET]		 = "an internet address",
	[FORMAT_PORT]		 = "a port number (an integer)",
};

static const struct letter {
	char letter;
	enum format_kind kind;
	const char *sizes;	/* modifiers it may have, by their format_size */
} letters[] = {
	{ 'd', FORMAT_INT, "\1\2\3\4" }, { 'i', FORMAT_INT, "\1\2\3\4" }, { 'u', FORMAT_INT, "\1\2\3\4" },
	{ 'o', FORMAT_INT, "\1\2\3\4" }, { 'x', FORMAT_INT, "\1\2\3\4" }, { 'X', FORMAT_INT, "\1\2\3\4" },
	{ 'p', FORMAT_POINTER, "" },
	{ 'c', FORMAT_CHAR, "\3\6" }, { 'C', FORMAT_ESCAPED_CHAR, "" },
	{ 's', FORMAT_STRING, "\3\6" }, { 'S', FORMAT_ESCAPED_STRING, "" },
	{ 'e', FORMAT_FLOAT, "\3\5" }, { 'E', FORMAT_FLOAT, "\3\5" }, { 'f', FORMAT_FLOAT, "\3\5" },
	{ 'g', FORMAT_FLOAT, "\3\5" }, { 'G', FORMAT_FLOAT, "\3\5" },
	{ 'a', FORMAT_KERNEL_ADDR, "" }, { 'A', FORMAT_USER_ADDR, "" },
	{ 'k', FORMAT_STACK, "" }, { 'Y', FORMAT_DATE, "" }, { 'T', FORMAT_DATE_RFC, "" },
	{ 'I', FORMAT_INET, "" }, { 'P', FORMAT_PORT, "" },
};

static const struct { const char *text; enum format_size size; } sizes[] = {
	{ "hh", FORMAT_SIZE_HH }, { "h", FORMAT_SIZE_H }, { "ll", FORMAT_SIZE_LL }, { "l", FORMAT_SIZE_L },
	{ "L", FORMAT_SIZE_LD }, { "w", FORMAT_SIZE_W },
};

static const struct { char c; uint32_t flag, over; } flag_chars[] = {	/* over: that it takes the place of */
	{ '#', FORMAT_F_ALT, 0 }, { '0', FORMAT_F_ZERO, FORMAT_F_LEFT }, { '-', FORMAT_F_LEFT, FORMAT_F_ZERO }, { '+', FORMAT_F_PLUS, 0 },
	{ ' ', FORMAT_F_SPACE, 0 }, { '\'', FORMAT_F_GROUP, 0 }, { '@', FORMAT_F_AGG, 0 },
};

struct parser {
	struct format *f;
	size_t pos;
	size_t cap;
	struct format_error *error;
};

static int parse_error(struct parser *p, size_t start, const char *message)
{
	p->error->offset = start;
	p->error->length = p->pos > start ? p->pos - start : 1;
	snprintf(p->error->message, sizeof(p->error->message), "%s", message);
	return -1;
}

static int peek(const struct parser *p)
{
	return p->pos < p->f->len ? (unsigned char)p->f->text[p->pos] : -1;
}

static int conv_push(struct parser *p, const struct format_conv *conv)
{
	struct format *f = p->f;

	if (f->nconvs == p->cap) {
		size_t cap = p->cap ? p->cap * 2 : 8;
		void *convs = realloc(f->convs, cap * sizeof(*f->convs));

		if (!convs)
			return parse_error(p, conv->offset, "out of memory");
		f->convs = convs;
		p->cap = cap;
	}
	f->convs[f->nconvs++] = *conv;
	f->nargs += format_conv_args(conv);
	return 0;
}

static int parse_text(struct parser *p)
{
	struct format_conv conv = { .kind = FORMAT_TEXT, .width = -1, .precision = -1, .offset = p->pos };
	const char *start = p->f->text + p->pos;
	const char *end = memchr(start, '%', p->f->len - p->pos);
	size_t n = end ? (size_t)(end - start) : p->f->len - p->pos;

	conv.text = start;
	conv.text_len = conv.length = n;
	p->pos += n;
	return conv_push(p, &conv);
}

/* A number, `*`, or nothing. */
static int parse_number(struct parser *p, size_t start, int *ret, uint32_t *flags, uint32_t dynamic)
{
	long n = 0;
	int c = peek(p);

	if (c == '*') {
		*flags |= dynamic;
		p->pos++;
		return 0;
	}
	if (c < '0' || c > '9')
		return 0;
	for (; (c = peek(p)) >= '0' && c <= '9'; p->pos++) {
		n = n * 10 + (c - '0');
		if (n > FORMAT_WIDTH_MAX)
			return parse_error(p, start, "width or precision of the conversion is too large");
	}
	*ret = n;
	return 0;
}

static bool parse_flag(struct parser *p, struct format_conv *conv)
{
	int c = peek(p);

	if (c == '?') {
		conv->width = 16;
		p->pos++;
		return true;
	}
	for (size_t i = 0; i < sizeof(flag_chars) / sizeof(flag_chars[0]); i++)
		if (c == flag_chars[i].c) {
			conv->flags = (conv->flags & ~flag_chars[i].over) | flag_chars[i].flag;
			p->pos++;
			return true;
		}
	return false;
}

static void parse_size(struct parser *p, struct format_conv *conv)
{
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		size_t n = strlen(sizes[i].text);

		if (p->f->len - p->pos >= n && !memcmp(p->f->text + p->pos, sizes[i].text, n)) {
			conv->size = sizes[i].size;
			p->pos += n;
			return;
		}
	}
}

static int parse_letter(struct parser *p, struct format_conv *conv)
{
	int c = peek(p);
	char message[64];

	if (c < 0)
		return parse_error(p, conv->offset, "format ends inside of a conversion");
	p->pos++;
	for (size_t i = 0; i < sizeof(letters) / sizeof(letters[0]); i++) {
		if (letters[i].letter != c)
			continue;
		if (conv->size && !strchr(letters[i].sizes, conv->size))
			break;
		conv->letter = c;
		conv->kind = letters[i].kind;
		if (conv->kind == FORMAT_CHAR && conv->size)
			conv->kind = FORMAT_WIDE_CHAR;
		if (conv->kind == FORMAT_STRING && conv->size)
			conv->kind = FORMAT_WIDE_STRING;
		return 0;
	}
	if (c == '$')
		return parse_error(p, conv->offset, "positional conversions (%n$) are not supported");
	if (c < ' ' || c > '~')
		snprintf(message, sizeof(message), "unknown conversion %%\\x%02x", c);
	else
		snprintf(message, sizeof(message), "unknown conversion %%%.*s",
			 (int)(p->pos - conv->offset - 1 > 30 ? 30 : p->pos - conv->offset - 1),
			 p->f->text + conv->offset + 1);
	return parse_error(p, conv->offset, message);
}

static int parse_conv(struct parser *p)
{
	struct format_conv conv = { .width = -1, .precision = -1, .offset = p->pos++ };

	if (peek(p) == '%') {
		conv.kind = FORMAT_TEXT;
		conv.text = p->f->text + p->pos++;
		conv.text_len = 1;
		conv.length = 2;
		return conv_push(p, &conv);
	}
	while (parse_flag(p, &conv))
		;
	if (parse_number(p, conv.offset, &conv.width, &conv.flags, FORMAT_F_DYNWIDTH))
		return -1;
	if (peek(p) == '.') {
		p->pos++;
		conv.precision = 0;
		if (parse_number(p, conv.offset, &conv.precision, &conv.flags, FORMAT_F_DYNPREC))
			return -1;
	}
	while (parse_flag(p, &conv))	/* %5@d as well as %@5d */
		;
	parse_size(p, &conv);
	if (parse_letter(p, &conv))
		return -1;
	conv.length = p->pos - conv.offset;
	return conv_push(p, &conv);
}

int format_parse(const char *text, size_t len, struct format **ret, struct format_error *error)
{
	struct parser p = { .error = error };

	*ret = NULL;
	memset(error, 0, sizeof(*error));
	p.f = calloc(1, sizeof(*p.f));
	if (!p.f || len > UINT32_MAX - 1 || !(p.f->text = malloc(len + 1))) {
		free(p.f);
		return parse_error(&p, 0, "out of memory");
	}
	memcpy(p.f->text, text, len);
	p.f->text[len] = '\0';
	p.f->len = len;
	while (p.pos < len)
		if (p.f->text[p.pos] == '%' ? parse_conv(&p) : parse_text(&p)) {
			format_free(p.f);
			return -1;
		}
	*ret = p.f;
	return 0;
}

void format_free(struct format *format)
{
	if (!format)
		return;
	free(format->convs);
	free(format->text);
	free(format);
}

unsigned format_conv_args(const struct format_conv *conv)
{
	if (conv->kind == FORMAT_TEXT)
		return 0;
	return !!(conv->flags & FORMAT_F_DYNWIDTH) + !!(conv->flags & FORMAT_F_DYNPREC) + !(conv->flags & FORMAT_F_AGG);
}

const char *format_kind_wants(enum format_kind kind)
{
	return kind < FORMAT_KIND_NR ? kind_wants[kind] : "nothing";
}
