// SPDX-License-Identifier: GPL-2.0
/* Where the output goes: stdout, the file of -o (appended), or what freopen() named. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "dtrun.h"

int output_open(struct output *o, const char *path, struct error *e)
{
	*o = (struct output){ .f = stdout };
	if (path) {
		o->f = fopen(path, "ae");
		if (!o->f)
			return error_set(e, "failed to open output file '%s': %s", path, strerror(errno));
		o->is_file = true;
	}
	o->path = strdup(path ? path : "standard output");
	if (!o->path)
		return error_set(e, "out of memory");
	o->base_fd = -1;
	o->base_is_file = o->is_file;
	o->base_path = o->path;
	setvbuf(o->f, NULL, _IOFBF, 1 << 16);
	return 0;
}

/* f's descriptor becomes another file, so that what system() runs writes there too. */
static int output_redirect(struct output *o, int fd, struct error *e)
{
	int to = fileno(o->f), ret = dup3(fd, to, o->base_is_file ? O_CLOEXEC : 0);

	close(fd);
	return ret < 0 ? error_set(e, "freopen(): %s", strerror(errno)) : 0;
}

int output_reopen(struct output *o, const char *path, struct error *e)
{
	int fd;

	if (output_flush(o, e))
		return -1;
	if (o->path != o->base_path)
		free(o->path);
	o->path = o->base_path;
	if (!*path) {
		fd = o->base_fd;
		o->base_fd = -1;
		o->is_file = o->base_is_file;
		return fd < 0 ? 0 : output_redirect(o, fd, e);
	}
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (fd < 0) {
		error_set(e, "couldn't freopen() \"%s\": %s", path, strerror(errno));
		return 1;
	}
	if (o->base_fd < 0)
		o->base_fd = fcntl(fileno(o->f), F_DUPFD_CLOEXEC, 3);
	o->path = strdup(path);
	if (!o->path)
		o->path = o->base_path;
	o->is_file = true;
	o->has_packets = lseek(fd, 0, SEEK_END) > 0;	/* more for a file that has some */
	return output_redirect(o, fd, e);
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
	if (o->path != o->base_path)
		free(o->path);
	fflush(o->f);
	if (o->base_is_file)
		fclose(o->f);
	if (o->base_fd >= 0)
		close(o->base_fd);
	free(o->base_path);
	*o = (struct output){ 0 };
}
