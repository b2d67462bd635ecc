// SPDX-License-Identifier: GPL-2.0
/* Where the output goes: stdout, the file of -o (appended), or what freopen() named. */
#include <errno.h>
#include <stdlib.h>
#include "dtrun.h"

int output_open(struct output *o, const char *path, struct error *e)
{
	*o = (struct output){ .f = stdout };
	if (path) {
		o->f = fopen(path, "ae");
		if (!o->f)
			return error_set(e, "cannot open '%s' for output: %s", path, strerror(errno));
		o->is_file = true;
	}
	o->path = strdup(path ? path : "standard output");
	if (!o->path)
		return error_set(e, "out of memory");
	o->base = o->f;
	o->base_is_file = o->is_file;
	o->base_path = o->path;
	setvbuf(o->f, NULL, _IOFBF, 1 << 16);
	return 0;
}

int output_reopen(struct output *o, const char *path, struct error *e)
{
	FILE *f = o->base;
	char *name = o->base_path;

	if (output_flush(o, e))
		return -1;
	if (*path) {
		f = fopen(path, "we");
		if (!f)
			return error_set(e, "freopen(): cannot open '%s': %s", path, strerror(errno));
		name = strdup(path);
		if (!name) {
			fclose(f);
			return error_set(e, "out of memory");
		}
	}
	if (o->f != o->base) {
		fclose(o->f);
		free(o->path);
	}
	o->f = f;
	o->has_packets = false;
	o->path = name;
	o->is_file = *path || o->base_is_file;
	return 0;
}

int output_flush(struct output *o, struct error *e)
{
	errno = 0;
	if (!fflush(o->f) && !ferror(o->f))
		return 0;
	return error_set(e, "cannot write to %s: %s", o->path, strerror(errno ? errno : EIO));
}

void output_close(struct output *o)
{
	if (!o->f)
		return;
	if (o->f != o->base) {
		fclose(o->f);
		free(o->path);
	}
	if (o->base_is_file)
		fclose(o->base);
	free(o->base_path);
	*o = (struct output){ 0 };
}
