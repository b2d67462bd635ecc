/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A kernel root made on the spot, for what runs without a kernel: headers that
 * look configured, a table of system calls, a vmlinux whose BTF is written here.
 */
#ifndef SAMPLE_KERNEL_H
#define SAMPLE_KERNEL_H

#include <bpf/btf.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "translator/debuginfo/image.h"
#include "translator/debuginfo/index.h"
#include "translator/debuginfo/kernel.h"

#define RELEASE "1.2.3-test"
#define SAMPLE_CHECK(condition) do { if (!(condition)) abort(); } while (0)

static char root[] = "/tmp/dtc-sample.XXXXXX";

static void write_file(const char *path, const void *data, size_t size)
{
	char *full = mem_printf("%s%s", root, path), *dir = mem_strdup(full);

	*strrchr(dir, '/') = 0;
	SAMPLE_CHECK(!dir_make(dir));
	SAMPLE_CHECK(!file_replace(full, data, size));
}

static void write_text(const char *path, const char *text)
{
	write_file(path, text, strlen(text));
}

static int add_function(struct btf *b, const char *name, int proto)
{
	return btf__add_func(b, name, BTF_FUNC_GLOBAL, proto);
}

/*
 * struct node { struct node *next; const char *name; unsigned a:3, b:5; union { int i; long l; }; short list[4]; };
 * enum color { RED = -1, BLUE = 7 }; typedef unsigned int u32;
 */
static struct btf *make_btf(void)
{
	struct btf *b = btf__new_empty();
	int t_int = btf__add_int(b, "int", 4, BTF_INT_SIGNED);
	int t_uint = btf__add_int(b, "unsigned int", 4, 0);
	int t_char = btf__add_int(b, "char", 1, 0);
	int t_long = btf__add_int(b, "long", 8, BTF_INT_SIGNED);
	int t_short = btf__add_int(b, "short", 2, BTF_INT_SIGNED);
	int t_name = btf__add_ptr(b, btf__add_const(b, t_char));
	int t_array = btf__add_array(b, t_int, t_short, 4);
	int t_union, t_node, t_next, proto, other, same;

	t_union = btf__add_union(b, NULL, 8);
	btf__add_field(b, "i", t_int, 0, 0);
	btf__add_field(b, "l", t_long, 0, 0);
	t_next = btf__type_cnt(b) + 1;
	t_node = btf__add_struct(b, "node", 40);
	btf__add_field(b, "next", t_next, 0, 0);
	btf__add_field(b, "name", t_name, 64, 0);
	btf__add_field(b, "a", t_uint, 128, 3);
	btf__add_field(b, "b", t_uint, 131, 5);
	btf__add_field(b, NULL, t_union, 192, 0);
	btf__add_field(b, "list", t_array, 256, 0);
	SAMPLE_CHECK(btf__add_ptr(b, t_node) == t_next);
	btf__add_enum(b, "color", 4);
	btf__add_enum_value(b, "RED", -1);
	btf__add_enum_value(b, "BLUE", 7);
	btf__add_typedef(b, "u32", t_uint);
	proto = btf__add_func_proto(b, t_int);
	btf__add_func_param(b, "n", t_next);
	btf__add_func_param(b, "len", t_long);
	same = btf__add_func_proto(b, t_int);
	btf__add_func_param(b, "from", t_next);
	btf__add_func_param(b, "size", t_long);
	other = btf__add_func_proto(b, 0);
	add_function(b, "node_read", proto);
	add_function(b, "node_write", proto);
	add_function(b, "node_free", other);
	add_function(b, "twice", proto);
	add_function(b, "twice", other);
	add_function(b, "node_write", same);
	return b;
}

/* The least ELF file with a section .BTF. */
static void write_vmlinux(void)
{
	static const char names[] = "\0.BTF\0.shstrtab";
	struct { Elf64_Ehdr eh; Elf64_Shdr sh[3]; char names[sizeof(names)]; } head = {};
	struct btf *b = make_btf();
	u32 size;
	const void *raw = btf__raw_data(b, &size);
	char *all;

	memcpy(head.eh.e_ident, ELFMAG, SELFMAG);
	head.eh.e_ident[EI_CLASS] = ELFCLASS64;
	head.eh.e_shentsize = sizeof(Elf64_Shdr);
	head.eh.e_shoff = sizeof(Elf64_Ehdr);
	head.eh.e_shnum = 3;
	head.eh.e_shstrndx = 2;
	head.sh[1] = (Elf64_Shdr){ .sh_name = 1, .sh_type = SHT_PROGBITS, .sh_offset = sizeof(head), .sh_size = size };
	head.sh[2] = (Elf64_Shdr){ .sh_name = 6, .sh_type = SHT_STRTAB, .sh_offset = (char *)head.names - (char *)&head,
				   .sh_size = sizeof(names) };
	memcpy(head.names, names, sizeof(names));
	all = mem_alloc(sizeof(head) + size);
	memcpy(all, &head, sizeof(head));
	memcpy(all + sizeof(head), raw, size);
	write_file("/usr/lib/debug/boot/vmlinux-" RELEASE, all, sizeof(head) + size);
	btf__free(b);
}

static void sample_kernel_make(void)
{
	strcpy(root + sizeof(root) - 7, "XXXXXX");
	SAMPLE_CHECK(mkdtemp(root));
	setenv("DTC_CACHE", mem_printf("%s/cache", root), 1);
	write_text("/lib/modules/" RELEASE "/build/Makefile", "");
	write_text("/lib/modules/" RELEASE "/build/include/generated/autoconf.h", "");
	write_text("/lib/modules/" RELEASE "/build/arch/x86/include/generated/uapi/asm/unistd_64.h",
		   "#define __NR_read 0\n#define __NR_write 1\n#define __NR_open 2\n#define __NR_newfstatat 5\n");
	write_vmlinux();
}

static void sample_kernel_remove(void)
{
	SAMPLE_CHECK(!system(mem_printf("rm -rf %s", root)));
}

#endif
