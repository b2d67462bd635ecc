// SPDX-License-Identifier: GPL-2.0
/* Running tools, and small work on files and folders. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "build.h"

void args_add(struct args *a, const char *arg)
{
	a->v = mem_grow(a->v, &a->cap, a->n + 2, sizeof(*a->v));
	a->v[a->n++] = arg;
	a->v[a->n] = NULL;
}

void args_add_all(struct args *a, const struct args *from)
{
	for (size_t i = 0; i < from->n; i++)
		args_add(a, from->v[i]);
}

static double seconds(struct timeval t)
{
	return t.tv_sec + t.tv_usec / 1e6;
}

static int spawn(pid_t *pid, const char *dir, const char *log, const struct args *args)
{
	extern char **environ;
	posix_spawn_file_actions_t fa;
	int err;

	posix_spawn_file_actions_init(&fa);
	posix_spawn_file_actions_addopen(&fa, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&fa, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0666);
	posix_spawn_file_actions_adddup2(&fa, 1, 2);
	posix_spawn_file_actions_addchdir_np(&fa, dir);
	err = posix_spawnp(pid, args->v[0], &fa, NULL, (char *const *)args->v, environ);
	posix_spawn_file_actions_destroy(&fa);
	return err;
}

struct tool_result tool_run(struct dtc *dtc, const char *dir, const char *log, const char *what, const struct args *args)
{
	struct tool_result r = { .status = -1 };
	struct rusage ru;
	int status;
	pid_t pid;

	r.error = spawn(&pid, dir, log, args);
	if (r.error)
		return r;
	while (wait4(pid, &status, 0, &ru) < 0)
		if (errno != EINTR)
			return r;
	r.cpu = seconds(ru.ru_utime) + seconds(ru.ru_stime);
	if (WIFEXITED(status))
		r.status = WEXITSTATUS(status);
	if (dtc->verbose)
		fprintf(stderr, "%s:   %-8s %.3f s CPU: %s\n", dtc->progname, what, r.cpu, args->v[0]);
	return r;
}

struct tool_result objtool_run(struct dtc *dtc, const char *dir, const struct recipe *r, const char *object, const char *log)
{
	struct args a = { 0 };

	if (!r->objtool.n)
		return (struct tool_result){ 0 };
	args_add_all(&a, &r->objtool);
	args_add(&a, object);
	setenv("SRCARCH", "x86", 1);	/* as kbuild does: that of 6.12 asks for it */
	return tool_run(dtc, dir, log, "objtool", &a);
}

char *tool_log(const char *log)
{
	struct file_data f;

	if (file_read(log, &f))
		return "";
	char *text = mem_strndup((const char *)f.data, f.size);
	file_data_deinit(&f);
	return text;
}

bool no_space(const char *log)
{
	return strstr(log, strerror(ENOSPC)) || strstr(log, "No space left on device") || strstr(log, strerror(EDQUOT));
}

bool disk_is_full(const char *dir, size_t size)
{
	const char *path = mem_printf("%s/room", dir);
	int err = file_replace(path, mem_alloc(size), size);

	unlink(path);
	return err == -ENOSPC || err == -EDQUOT;
}

bool tool_exists(const char *name)
{
	const char *path = getenv("PATH");

	for (const char *p = path ? path : "/usr/bin:/bin"; *p; p += strcspn(p, ":"), p += *p == ':')
		if (!access(mem_printf("%.*s/%s", (int)strcspn(p, ":"), p, name), X_OK))
			return true;
	return false;
}

int dir_remove(const char *path)
{
	DIR *d = opendir(path);

	for (struct dirent *e; d && (e = readdir(d));) {
		char *sub = mem_printf("%s/%s", path, e->d_name);
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		if (unlink(sub) && (errno == EISDIR || errno == EPERM))
			dir_remove(sub);
	}
	if (d)
		closedir(d);
	return rmdir(path) ? -errno : 0;
}

int file_copy(const char *from, const char *to)
{
	struct file_data f;
	int err = file_read(from, &f);

	if (!err) {
		err = file_replace(to, f.data, f.size);
		file_data_deinit(&f);
	}
	return err;
}

int build_error_errno(struct dtc *dtc, int err, const char *doing, const char *path)
{
	const char *hint = NULL;

	if (err < 0)
		err = -err;
	if (err == ENOSPC || err == EDQUOT)
		hint = "make room on that disk, or set DTC_CACHE or TMPDIR to a folder on another";
	else if (err == EACCES || err == EPERM || err == EROFS)
		hint = "set DTC_CACHE to a folder that you may write to";
	diag_error(dtc, NULL, "D_UNKNOWN", hint, "%s %s: %s", doing, path, strerror(err));
	return -1;
}
