// SPDX-License-Identifier: GPL-2.0
/*
 * The types of system calls' arguments, from the kernel's own declarations
 * (include/linux/syscalls.h): `asmlinkage long sys_read(unsigned int fd, char
 * __user *buf, size_t count);`. The image does not have them: its functions
 * for calls take the registers. Read when a script or a listing asks for types.
 */
#include <ctype.h>
#include <string.h>

#include "index.h"

/* Calls whose function has another name than programs know the call by. */
static const struct { const char *call, *function; } aliases[] = {
	{ "fstat", "newfstat" }, { "lstat", "newlstat" }, { "mmap", "mmap_pgoff" }, { "sendfile", "sendfile64" },
	{ "stat", "newstat" }, { "umount2", "umount" }, { "uname", "newuname" },
};

/* Distributions keep what all flavours of a kernel share beside the folder of one. */
static bool declarations_read(const struct kernel *k, struct file_data *ret)
{
	static const char file[] = "include/linux/syscalls.h";
	const char *base = k->build_dir, *flavour = strrchr(k->release, '-');
	const char *paths[3] = { NULL };

	if (!base)
		return false;
	paths[0] = mem_printf("%s/%s", base, file);
	paths[1] = mem_printf("%s/lib/modules/%s/source/%s", k->root, k->release, file);
	if (flavour)
		paths[2] = mem_printf("%s/../linux-headers-%.*s-common/%s", base, (int)(flavour - k->release), k->release, file);
	for (size_t i = 0; i < ARRAY_SIZE(paths); i++)
		if (paths[i] && !file_read(paths[i], ret))
			return true;
	return false;
}

static const char *declarations(struct dtc *dtc)
{
	struct kernel *k = kernel_get(dtc);
	struct file_data f;

	if (!k)
		return "";
	if (!k->index->declarations) {
		k->index->declarations = "";
		if (declarations_read(k, &f)) {
			k->index->declarations = mem_strndup((const char *)f.data, f.size);
			file_data_deinit(&f);
		}
	}
	return k->index->declarations;
}

/* What is between the parentheses of the last declaration: that is the one where no option of the kernel says otherwise. */
static const char *declaration_find(struct dtc *dtc, const char *call)
{
	const char *found = NULL, *p = declarations(dtc), *start;

	for (size_t i = 0; i < ARRAY_SIZE(aliases); i++)
		if (!strcmp(call, aliases[i].call))
			call = aliases[i].function;
	start = mem_printf(" sys_%s(", call);
	while ((p = strstr(p, start))) {
		p += strlen(start);
		found = p;
	}
	return found && strchr(found, ')') ? mem_strndup(found, strcspn(found, ")")) : NULL;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool is_type_word(const char *s, size_t n)
{
	static const char *const words[] = { "int", "long", "unsigned", "char", "short" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (strlen(words[i]) == n && !memcmp(words[i], s, n))
			return true;
	return false;
}

/* "char __user *buf" is "char *": the parameter's name may be missing. */
static const char *parameter_type(const char *s, size_t len)
{
	struct text t = { 0 };
	size_t end = len, words = 0;

	while (end && !is_word(s[end - 1]) && s[end - 1] != '*')
		end--;
	for (size_t i = 0; i < end; i++)
		words += is_word(s[i]) && (!i || !is_word(s[i - 1])) && strncmp(s + i, "const", 5) && strncmp(s + i, "struct", 6);
	if (words > 1 && is_word(s[end - 1])) {
		size_t from = end;

		while (from && is_word(s[from - 1]))
			from--;
		if (!is_type_word(s + from, end - from))
			end = from;
	}
	for (size_t i = 0; i < end;) {
		size_t n = 1;

		while (is_word(s[i]) && i + n < end && is_word(s[i + n]))
			n++;
		if (n == 6 && !memcmp(s + i, "__user", n))
			;
		else if (isspace((unsigned char)s[i]))
			text_write(&t, " ", 1);
		else
			text_write(&t, s + i, n);
		i += n;
	}
	text_write(&t, "", 1);
	return t.data;
}

static struct type *parameter(struct dtc *dtc, const char *s, size_t len)
{
	const char *text = parameter_type(s, len);
	struct type *t = type_from_text(dtc, text);

	if (!t && !strncmp(text, "unsigned", 8) && (text[8] == ' ' || !text[8]))
		t = type_named(dtc, "unsigned int");
	return t ? t : type_from_text(dtc, strchr(text, '*') ? "void *" : "int64_t");
}

unsigned kernel_syscall_types(struct dtc *dtc, const char *call, struct type *ret[SYSCALL_ARGS])
{
	const char *s = declaration_find(dtc, call);
	unsigned n = 0;

	if (!s) {
		while (n < SYSCALL_ARGS)
			ret[n++] = type_named(dtc, "int64_t");
		return n;
	}
	if (!strcmp(s, "void"))
		return 0;
	for (; n < SYSCALL_ARGS; s++) {
		size_t len = strcspn(s, ",");

		ret[n++] = parameter(dtc, s, len);
		s += len;
		if (!*s)
			break;
	}
	return n;
}
