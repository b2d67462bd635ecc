// SPDX-License-Identifier: GPL-2.0
/* -C: the C preprocessor runs over a script before it is parsed. */
#include "parser.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const defines[] = {
	"-D__linux", "-D__linux__", "-D__unix", "-D__SVR4", "-D__x86_64__", "-D__x86_64", "-D__amd64", "-D__LP64__", "-D_LP64", "-D__SUNW_D=1", "-D__SUNW_D_VERSION=0x01000000", "-D__DTC__=1",
};

/* The text goes in by a file without a name, for cpp reads and writes at once. */
static int text_file(const char *text, size_t len)
{
	FILE *f = tmpfile();
	int fd;

	if (!f)
		return -1;
	if (fwrite(text, 1, len, f) != len || fflush(f)) {
		fclose(f);
		return -1;
	}
	fd = dup(fileno(f));
	fclose(f);
	if (fd >= 0 && lseek(fd, 0, SEEK_SET) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static void cpp_exec(const struct dtc *dtc, const char *const *path)
{
	const char **argv = mem_alloc((dtc->ncpp_args + ARRAY_SIZE(defines) + 8) * sizeof(*argv));
	size_t n = 0;

	argv[n++] = *path;
	argv[n++] = "-x";
	argv[n++] = "c";
	argv[n++] = "-undef";
	for (size_t i = 0; i < ARRAY_SIZE(defines); i++)
		argv[n++] = defines[i];
	for (size_t i = 0; i < dtc->ncpp_args; i++)
		argv[n++] = dtc->cpp_args[i];
	argv[n++] = "-";
	execvp(*path, (char **)argv);
	_exit(errno == ENOENT ? 127 : 126);
}

static int cpp_output(struct dtc *dtc, int in, struct text *out)
{
	const char *path = dtc->cpp_path ? dtc->cpp_path : "cpp";
	int pipes[2], status = 0;
	char buffer[65536];
	ssize_t n;
	pid_t pid;

	if (pipe2(pipes, O_CLOEXEC))
		return errno;
	fflush(NULL);
	pid = fork();
	if (pid < 0) {
		close(pipes[0]);
		close(pipes[1]);
		return errno;
	}
	if (!pid) {
		dup2(in, STDIN_FILENO);
		dup2(pipes[1], STDOUT_FILENO);
		cpp_exec(dtc, &path);
	}
	close(pipes[1]);
	while ((n = read(pipes[0], buffer, sizeof(buffer))) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			text_write(out, buffer, (size_t)n);
	close(pipes[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		diag_error(dtc, NULL, NULL, "on Debian: apt-get install cpp", "-C needs the C preprocessor, and '%s' is not there", path);
	else if (status)
		diag_error(dtc, NULL, NULL, NULL, "the C preprocessor failed");
	return 0;
}

int cpp_run(struct dtc *dtc, struct input *input)
{
	struct source *src = input->src;
	struct text text = { NULL, 0, 0 }, out = { NULL, 0, 0 };
	size_t errors = diag_errors(dtc);
	int fd, err;

	text_add(&text, "# 1 \"%s\"\n", src->name);
	text_write(&text, src->text, src->len);
	if (src->len > 1 && src->text[0] == '#' && src->text[1] == '!')
		memcpy(text.data + text.len - src->len, "//", 2);
	fd = text_file(text.data, text.len);
	err = fd < 0 ? errno : cpp_output(dtc, fd, &out);
	if (fd >= 0)
		close(fd);
	if (err)
		diag_error(dtc, NULL, NULL, NULL, "cannot run the C preprocessor: %s", strerror(err));
	if (diag_errors(dtc) > errors)
		return -1;
	src->text = out.data ? out.data : "";
	src->len = out.len;
	return 0;
}
