/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A machine that does not exist, for comparing with a debugger: every register
 * and every byte of memory has a value that follows from its number alone.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include "translator/debuginfo/vars.h"

u64 machine_register(unsigned n);	/* DWARF's number; 16, the program counter, is set by the debugger */
u8 machine_byte(u64 addr);

/* What an object is there: its address, or its bytes as far as they are known. */
struct object {
	bool in_memory;
	u64 addr;
	u64 size;
	u8 *bytes, *known;		/* known: a mask of the bits */
	bool has_entry;			/* some of it needs registers at the function's entry */
	bool cannot;
};
void machine_object(struct debug_file *f, const struct var_loc *l, u64 size, u64 pc, struct object *ret);

int remote_serve(void);			/* remote.c: gdb's remote protocol on stdin and stdout */

#endif
