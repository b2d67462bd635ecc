// SPDX-License-Identifier: GPL-2.0
/* -C: the C preprocessor runs over a script before it is parsed. */
#include "parser.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What DTrace predefines, after what cpp knows of the machine. */
static const char *const defines[] = {
	"-D__linux", "-D__unix", "-D__SVR4", "-D__SUNW_D=1", "-U__GNUC__", "-D__SUNW_D_64", "-D__Linux", "-D__amd64", "-D__DTC__=1",
	"-D__signed__=signed",	/* of the kernel's headers */
};
enum { STDC_A, STDC_C, STDC_S, STDC_T };	/* the words of option stdc */

/* Files without names: the text goes in by one, for cpp reads and writes at once; the messages come out by another. */
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

/* --- what the preprocessor says: "file:2:10: fatal error: text", with an excerpt below that is shown anew --- */

/* What the preprocessor is told that it reads. */
static const char *shown_name(const struct source *src)
{
	return src->is_oneliner ? CPP_ONELINER : src->name;
}

/* The script as it was before, or an included file; NULL: cannot be read. */
static struct source *message_source(struct dtc *dtc, const struct input *input, const char *name)
{
	struct source *src;

	if (!strcmp(name, shown_name(input->src))) {
		src = source_new(dtc, input->src->name, input->src->text, input->src->len);
		src->is_oneliner = input->src->is_oneliner;
		return src;
	}
	return access(name, R_OK) ? NULL : source_read(dtc, name);
}

/* False: the line is none of that form. */
static bool message_take(struct dtc *dtc, const struct input *input, const char *line)
{
	static const struct { const char *word; bool is_error; } kinds[] = { { "fatal error: ", true }, { "error: ", true }, { "warning: ", false } };
	char name[256];
	unsigned number = 0, column = 0;
	int at = 0;

	if (sscanf(line, "%255[^:\n]:%u:%n%u:%n", name, &number, &at, &column, &at) < 2)
		return false;
	line += at;
	line += *line == ' ';
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		struct loc loc = { .line = number, .column = column, .end_line = number, .end_column = column ? column + 1 : 0 };
		const char *text = line + strlen(kinds[i].word);
		const struct source *src;

		if (strncmp(line, kinds[i].word, strlen(kinds[i].word)))
			continue;
		src = loc.src = message_source(dtc, input, name);
		text = strstr(text, " [-W") ? mem_strndup(text, (size_t)(strstr(text, " [-W") - text)) : mem_strdup(text);
		text = *text == '#' && !strncmp(text, "#error ", 7) ? mem_printf("#error: %s", text + 7) : text;
		if (kinds[i].is_error)
			diag_error(dtc, src ? &loc : NULL, strncmp(text, "#error", 6) ? NULL : "D_PRAGERR", NULL, "%s%s%s", src ? "" : name, src ? "" : ": ", text);
		else
			diag_warn(dtc, src ? &loc : NULL, NULL, NULL, "%s", text);
		return true;
	}
	return false;
}

/* The first line that is no message of the C preprocessor's usual form, or NULL. */
static const char *messages_take(struct dtc *dtc, const struct input *input, int fd)
{
	const char *other = NULL;
	FILE *f = lseek(fd, 0, SEEK_SET) ? NULL : fdopen(dup(fd), "re");
	size_t cap = 0;
	char *line = NULL;
	ssize_t n;

	while (f && (n = getline(&line, &cap, f)) > 0) {
		if (line[n - 1] == '\n')
			line[n - 1] = '\0';
		if (message_take(dtc, input, line))
			continue;
		if (*line == '.' && line[strspn(line, ".")] == ' ')
			fprintf(stderr, "%s\n", line);	/* -H: an included file, its depth in dots */
		else if (!other && *line)
			other = mem_strdup(line);
	}
	free(line);
	if (f)
		fclose(f);
	return other;
}

static void cpp_exec(const struct dtc *dtc, const char *const *path, const char *script)
{
	const char **argv = mem_alloc((dtc->ncpp_args + ARRAY_SIZE(defines) + 12) * sizeof(*argv)), *slash = strrchr(script, '/');
	size_t n = 0;

	argv[n++] = *path;
	argv[n++] = "-x";
	argv[n++] = "c";
	argv[n++] = dtc->opt.stdc == STDC_S ? "-traditional-cpp" : "-std=c99";
	for (size_t i = 0; i < ARRAY_SIZE(defines); i++)
		argv[n++] = defines[i];
	argv[n++] = mem_printf("-D__SUNW_D_VERSION=0x%08llx", (unsigned long long)dtc->opt.version);
	for (size_t i = 0; i < dtc->ncpp_args; i++)
		argv[n++] = dtc->cpp_args[i];
	if (slash) {	/* #include "file" is looked for beside the script */
		argv[n++] = "-iquote";
		argv[n++] = slash == script ? "/" : mem_strndup(script, (size_t)(slash - script));
	}
	argv[n++] = "-";
	execvp(*path, (char **)argv);
	_exit(errno == ENOENT ? 127 : 126);
}

static int cpp_output(struct dtc *dtc, const struct input *input, int in, int messages, struct text *out)
{
	size_t errors = diag_errors(dtc);
	const char *path = dtc->cpp_path ? dtc->cpp_path : "cpp", *other;
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
		dup2(messages, STDERR_FILENO);
		setenv("LC_ALL", "C", 1);
		cpp_exec(dtc, &path, input->src->name);
	}
	close(pipes[1]);
	while ((n = read(pipes[0], buffer, sizeof(buffer))) > 0 || (n < 0 && errno == EINTR))
		if (n > 0)
			text_write(out, buffer, (size_t)n);
	close(pipes[0]);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	other = messages_take(dtc, input, messages);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		diag_error(dtc, NULL, NULL, "on Debian: apt-get install cpp", "-C needs the C preprocessor, and '%s' is not there", path);
	else if (WIFEXITED(status) && WEXITSTATUS(status) == 126)
		diag_error(dtc, NULL, NULL, "-x cpppath names it", "the C preprocessor '%s' cannot be run", path);
	else if (status && diag_errors(dtc) == errors)
		diag_error(dtc, NULL, NULL, "its options are those of -D, -U, -I and -H", "the C preprocessor failed%s%s", other ? ": " : "", other ? other : "");
	return 0;
}

int cpp_run(struct dtc *dtc, struct input *input)
{
	struct source *src = input->src;
	struct text text = { NULL, 0, 0 }, out = { NULL, 0, 0 };
	const char *line_end = memchr(src->text, '\n', src->len);
	size_t errors = diag_errors(dtc);
	int fd, messages, err;

	text_add(&text, "# 1 \"");
	for (const char *s = shown_name(src); *s; s++)
		text_add(&text, *s == '"' || *s == '\\' ? "\\%c" : "%c", *s);
	text_add(&text, "\"\n");
	text_write(&text, src->text, src->len);
	if (src->len > 1 && src->text[0] == '#' && src->text[1] == '!')
		memset(text.data + text.len - src->len, ' ', line_end ? (size_t)(line_end - src->text) : src->len);
	fd = text_file(text.data, text.len);
	messages = text_file("", 0);
	err = fd < 0 || messages < 0 ? errno : cpp_output(dtc, input, fd, messages, &out);
	if (fd >= 0)
		close(fd);
	if (messages >= 0)
		close(messages);
	if (err)
		diag_error(dtc, NULL, NULL, NULL, "cannot run the C preprocessor: %s", strerror(err));
	if (diag_errors(dtc) > errors)
		return -1;
	cheader_blank(&out, shown_name(src));
	while (src->is_oneliner && out.len && out.data[out.len - 1] == '\n')
		out.len--;
	src->text = out.data ? out.data : "";
	src->len = out.len;
	return 0;
}
