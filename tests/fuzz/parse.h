/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A script through all of the translator that runs before the C compiler:
 * parse, resolve, check, emit, and the printing of trees and errors. For the
 * fuzzer and for the replay of what it found. The kernel is the sample one.
 *
 * A script that begins with `!` is a one-liner: the next character is the
 * option it belongs to (n P m f i); `!z` is a script whose descriptions must
 * match.
 */
#ifndef FUZZ_PARSE_H
#define FUZZ_PARSE_H

#include "tests/unit/sample-kernel.h"
#include "translator/compile.h"
#include "translator/options.h"
#include "translator/syntax/parse.h"

static void parse_input(struct dtc *dtc, struct input *in, const char *text, size_t size)
{
	static const char letters[] = "znPmfi";
	static const enum input_kind kinds[] = { INPUT_SCRIPT, INPUT_NAME, INPUT_PROVIDER, INPUT_MODULE, INPUT_FUNCTION, INPUT_ID };
	const char *letter = size > 1 && *text == '!' ? memchr(letters, text[1], sizeof(letters) - 1) : NULL;

	dtc->opt.zdefs = !letter || *letter != 'z';
	if (letter) {
		text += 2;
		size -= 2;
		in->kind = kinds[letter - letters];
	}
	in->src = source_new(dtc, in->kind == INPUT_SCRIPT ? "script.d" : "one-liner", text, size);
	in->src->is_oneliner = in->kind != INPUT_SCRIPT;
}

/* 0, -1: it was refused. `out` gets the tree and the errors. */
static int parse_all(const char *data, size_t size, FILE *out)
{
	static char *args[] = { "script.d", "1", "name", "-0x10", "two words", NULL };
	struct dtc dtc = { .progname = "dtc", .release = RELEASE, .kernel_root = root, .stop_after = PASS_EMIT };
	struct input in = { .kind = INPUT_SCRIPT };
	char *text = mem_alloc(size + 1);
	int err;

	options_init(&dtc.opt);
	dtc.opt.argref = dtc.opt.destructive = true;
	dtc.args = args;
	dtc.nargs = 5;
	memcpy(text, data, size);
	parse_input(&dtc, &in, text, size);
	dtc.inputs = &in;
	dtc.ninputs = 1;
	err = compile(&dtc);
	if (dtc.unit)
		tree_print(out, dtc.unit);
	diag_show(&dtc, out);
	kernel_close(&dtc);
	mem_release();
	return err;
}

#endif
