#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# fake-kernel.sh ROOT RELEASE: a kernel root for check_debuginfo: a vmlinux and a module, of a few functions each, with
# debug information and the kernel's own tables of places where no probe may stand. EXTRA are more options of the compiler.
set -e
root=${1:?a folder} release=${2:?a release}
src=$root/src
mkdir -p "$src/fs" "$src/include/linux" "$root/usr/lib/debug/boot" "$root/lib/modules/$release/kernel/fs" "$root/usr/lib/debug/lib/modules/$release/kernel/fs"

cat >"$src/include/linux/twice.h" <<'END'
int helper(int x);
static inline __attribute__((always_inline)) int twice(int x)
{
	int y = helper(x);		/* line 4 */

	return y + y;
}
struct list { struct list *next, *prev; };
struct object { struct list list; unsigned long state; const char *name; union { int number; long value; } u; };
struct owner { struct object *first; struct owner *parent; int (*compare)(struct object *a, struct object *b); short colors[8]; };
extern struct owner owners[4];
END
cat >"$src/fs/read_write.c" <<'END'
#include <linux/twice.h>
asm(".globl _text, _stext\n.text\n_text: _stext:");
__attribute__((noinline)) int helper(int x)
{
	asm volatile("" : "+r"(x));
	return x + 3;				/* line 6 */
}

int vfs_read(int count)
{
	int sum = 0;				/* line 11 */

	for (int i = 0; i < count; i++)
		sum += twice(i);		/* line 14 */
	return sum;
}

int vfs_write(int count)
{
	asm volatile("key: jmp 1f\n1:\n"
		".pushsection __jump_table, \"aw\"\n.globl __start___jump_table\n__start___jump_table:\n.long key - ., 1b - .\n.quad 0\n"
		".globl __stop___jump_table\n__stop___jump_table:\n.popsection");
	return twice(count);			/* line 23 */
}

int trap(int count)
{
	if (count > 1)
		asm volatile("bug: ud2\n.pushsection __bug_table, \"aw\"\n.globl __start___bug_table\n__start___bug_table:\n"
			".long bug - ., 0, 0\n.globl __stop___bug_table\n__stop___bug_table:\n.popsection");	/* line 29 */
	return count;
}

int nokprobe(int x)
{
	return helper(x) + 4;			/* line 36 */
}
asm(".pushsection _kprobe_blacklist, \"aw\"\n.globl __start_kprobe_blacklist\n__start_kprobe_blacklist:\n.quad nokprobe\n"
    ".globl __stop_kprobe_blacklist\n__stop_kprobe_blacklist:\n.popsection");

asm(".globl __noinstr_text_start\n__noinstr_text_start:");
int quiet(int x)
{
	return helper(x) * 5;			/* line 44 */
}
asm(".globl __noinstr_text_end\n__noinstr_text_end:\n.globl _etext\n_etext:");
__attribute__((section(".init.text"))) int start(int x)
{
	return helper(x) - 7;			/* line 49 */
}
struct owner owners[4];
END
cat >"$src/fs/mod.c" <<'END'
int mod_state;
static __attribute__((noinline)) int same(int x)
{
	return x * mod_state;			/* line 4 */
}

int mod_read(int x)
{
	return same(x) + 1;			/* line 9 */
}
__attribute__((section(".noinstr.text"))) int mod_quiet(int x)
{
	return x + mod_state;			/* line 13 */
}
END
cat >"$src/fs/mod2.c" <<'END'
int mod_read(int x);
static __attribute__((noinline)) int same(int x)
{
	asm volatile("" : "+r"(x));
	return x;
}
__attribute__((section(".init.text"))) int mod_init(int x)
{
	return same(x) + mod_read(x);		/* line 9 */
}
END

flags="-g -O2 -ffreestanding -fno-pie -fno-pic -mcmodel=kernel -fno-stack-protector -fcf-protection=none -fno-toplevel-reorder $EXTRA"
cd "$src"
# one by relative name, as a build in the tree has it; the header by its absolute one
gcc $flags -I"$src/include" -c -o read_write.o fs/read_write.c
ld --build-id -e vfs_read --section-start=.text=0xffffffff81000000 -o "$root/usr/lib/debug/boot/vmlinux-$release" read_write.o
gcc $flags -c -o mod.o fs/mod.c
gcc $flags -c -o mod2.o fs/mod2.c
ld -r --build-id -o mod.ko mod.o mod2.o
cp mod.ko "$root/usr/lib/debug/lib/modules/$release/kernel/fs/mod.ko"
strip -g -o "$root/lib/modules/$release/kernel/fs/mod.ko" mod.ko
echo "kernel/fs/mod.ko:" >"$root/lib/modules/$release/modules.dep"
