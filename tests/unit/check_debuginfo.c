// SPDX-License-Identifier: GPL-2.0
/*
 * Files with debug information: found, opened, indexed, in a kernel root of
 * our own that fake-kernel.sh compiles. Damage of every kind gives an error
 * or a new index, never a crash.
 */
#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/http-server.h"
#include "translator/debuginfo/debugfile.h"
#include "translator/debuginfo/index.h"
#include "translator/debuginfo/lineindex.h"

#define RELEASE "1.2.3-test"
#define VMLINUX "/usr/lib/debug/boot/vmlinux-" RELEASE
#define MODULE "/lib/modules/" RELEASE "/kernel/fs/mod.ko"

static char root[] = "/tmp/check_debuginfo.XXXXXX";
static struct dtc dtc;
static const char *why, *hint;

static int sh(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
static int sh(const char *fmt, ...)
{
	va_list ap;
	const char *command;

	va_start(ap, fmt);
	command = mem_vprintf(fmt, ap);
	va_end(ap);
	return system(mem_printf("cd %s && {\n%s\n} 2>>log", root, command));
}

static const char *script(void)
{
	const char *top = getenv("srcdir");

	return mem_printf("%s/tests/unit/fake-kernel.sh", top ? realpath(top, NULL) : getcwd(NULL, 0));
}

static void setup(void)
{
	strcpy(root + strlen(root) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(root));
	setenv("DTC_CACHE", mem_printf("%s/cache", root), 1);
	unsetenv("DEBUGINFOD_URLS");
	ck_assert_msg(!sh("sh %s %s " RELEASE, script(), root), "fake-kernel.sh failed: see %s/log", root);
}

static void teardown(void)
{
	sh("rm -rf %s", root);
}

/* As a new run of dtc would have it. */
static struct debug_file *get(const char *module)
{
	const char *vmlinux = dtc.vmlinux;

	dtc = (struct dtc){ .progname = "dtc", .release = RELEASE, .kernel_root = root, .vmlinux = vmlinux };
	return debug_file_get(&dtc, module, &why, &hint);
}

static u32 file_number(struct debug_file *f, const char *name)
{
	for (u32 i = 0; i < debug_nfiles(f); i++)
		if (!strcmp(debug_file_name(f, i), name))
			return i;
	ck_abort_msg("no file %s", name);
	return 0;
}

/* The first address of a line; 0: it has no code. */
static u64 line_address(struct debug_file *f, const char *name, u32 line)
{
	u32 n;
	const struct debug_line *l = debug_lines(f, file_number(f, name), &n);

	for (u32 i = 0; i < n; i++) {
		ck_assert(!i || l[i].line > l[i - 1].line || (l[i].line == l[i - 1].line && l[i].addr > l[i - 1].addr));
		if (l[i].line == line)
			return l[i].addr;
	}
	return 0;
}

static struct { unsigned count; struct debug_func last; } seen;

static void see(const struct debug_func *fn, void *arg)
{
	seen.count++;
	seen.last = *fn;
}

static unsigned count(void (*list)(struct debug_file *f, const char *glob, debug_func_fn *found, void *arg), struct debug_file *f,
		      const char *glob)
{
	seen.count = 0;
	list(f, glob, see, NULL);
	return seen.count;
}

static const char *forbidden(struct debug_file *f, const char *file, u32 line)
{
	u64 addr = line_address(f, file, line);
	struct debug_place p;

	ck_assert_msg(addr, "no line %u", line);
	ck_assert_int_eq(debug_place(f, addr, &p), 0);
	return p.forbidden ? p.forbidden : "";
}

/* All that the tests below know of vmlinux. */
static void vmlinux_whole(void)
{
	struct debug_file *f = get("vmlinux");
	struct debug_place p;
	Dwarf_Die die;
	u64 addr;

	ck_assert_msg(f != NULL, "%s", why);
	addr = line_address(f, "fs/read_write.c", 14);
	ck_assert_int_eq(debug_place(f, addr, &p), 0);
	ck_assert_str_eq(p.function, "vfs_read");
	ck_assert_str_eq(p.anchor, "_text");
	ck_assert_uint_eq(addr, 0xffffffff81000000 + p.anchor_offset);
	ck_assert_uint_eq(count(debug_functions, f, "vfs_*"), 2);
	ck_assert_uint_eq(count(debug_functions, f, "vfs_read"), 1);
	ck_assert_uint_eq(seen.last.low + p.function_offset, addr);
	ck_assert_uint_eq(seen.last.line, 9);
	ck_assert_str_eq(debug_file_name(f, seen.last.file), "fs/read_write.c");
	ck_assert_uint_eq(count(debug_functions, f, "twice"), 0);
	ck_assert_uint_ge(count(debug_inlines, f, "twice"), 2);
	ck_assert_str_eq(debug_file_name(f, seen.last.file), "include/linux/twice.h");
	ck_assert_uint_ne(line_address(f, "include/linux/twice.h", 4), 0);
	ck_assert(dwarf_offdie(debug_dwarf(f), seen.last.die, &die) != NULL);
	ck_assert_str_eq(dwarf_diename(&die), "twice");
	ck_assert(debug_unit(f, addr, &die));
	ck_assert_str_eq(dwarf_diename(&die), "fs/read_write.c");
	ck_assert(!debug_unit(f, 4, &die));
	ck_assert_int_eq(debug_place(f, 4, &p), -1);
}

START_TEST(vmlinux)
{
	vmlinux_whole();
	vmlinux_whole();	/* by its index */
}
END_TEST

START_TEST(sites)
{
	struct debug_file *f = get("vmlinux");
	const char *c = "fs/read_write.c";
	struct debug_place p;
	unsigned low;

	ck_assert_str_eq(forbidden(f, c, 14), "");
	ck_assert(strstr(forbidden(f, c, 36), "NOKPROBE"));
	ck_assert(strstr(forbidden(f, c, 44), "noinstr"));
	ck_assert(strstr(forbidden(f, c, 49), "init code"));
	ck_assert_uint_eq(count(debug_functions, f, "trap"), 1);
	low = 0;
	for (u64 a = seen.last.low; a < seen.last.high; a++)
		if (!debug_place(f, a, &p) && p.forbidden && strstr(p.forbidden, "BUG()"))
			low++;
	ck_assert_uint_eq(low, 1);
	ck_assert_uint_eq(count(debug_functions, f, "vfs_write"), 1);
	low = 0;
	for (u64 a = seen.last.low; a < seen.last.high; a++)
		if (!debug_place(f, a, &p) && p.forbidden && strstr(p.forbidden, "static key"))
			low++;
	ck_assert_uint_eq(low, 2);
}
END_TEST

static void module_whole(void)
{
	struct debug_file *f = get("mod");
	struct debug_place p, q;
	const char *symbol;
	u64 addr, offset;

	ck_assert_msg(f != NULL, "%s", why);
	addr = line_address(f, "fs/mod.c", 9);
	ck_assert_int_eq(debug_place(f, addr, &p), 0);
	ck_assert_str_eq(p.function, "mod_read");
	ck_assert_str_eq(p.anchor, "mod_read");
	ck_assert_ptr_null(p.forbidden);
	/* two functions have that name */
	ck_assert_int_eq(debug_place(f, line_address(f, "fs/mod2.c", 5), &q), 0);
	ck_assert_str_eq(q.function, "same");
	ck_assert_str_eq(q.anchor, "mod_read");
	ck_assert(strstr(forbidden(f, "fs/mod.c", 13), "noinstr"));
	ck_assert(strstr(forbidden(f, "fs/mod2.c", 9), "init code"));
	ck_assert_uint_eq(count(debug_functions, f, "same"), 2);
	addr = 0;
	for (u64 a = seen.last.low; !addr && a; a += 8)
		if (!debug_anchor(f, a, &symbol, &offset) && !strcmp(symbol, "mod_state"))
			addr = a;
	ck_assert_uint_le(offset, 8);
}

START_TEST(module)
{
	module_whole();
	module_whole();
	ck_assert_ptr_null(get("nosuch"));
	ck_assert_str_eq(why, "kernel " RELEASE " has no module nosuch");
}
END_TEST

static const char *index_file(void)
{
	FILE *p = popen(mem_printf("ls %s/cache/index/*.lines | head -n 1", root), "r");
	char line[300] = "";

	if (!fgets(line, sizeof(line), p))
		ck_abort_msg("no index");
	pclose(p);
	line[strcspn(line, "\n")] = 0;
	return mem_strdup(line);
}

/* The whole of a file with one byte changed, or cut. */
static void write_damaged(const char *path, const struct file_data *whole, size_t at, bool cut)
{
	u8 *copy = malloc(whole->size);

	memcpy(copy, whole->data, whole->size);
	copy[at] ^= 0x41;
	ck_assert_int_eq(file_replace(path, copy, cut ? at : whole->size), 0);
	free(copy);
}

START_TEST(index_damage)
{
	struct file_data whole, now;
	const char *path;

	vmlinux_whole();
	path = index_file();
	ck_assert_int_eq(file_read(path, &whole), 0);
	for (size_t i = 0; i < whole.size; i += i < 256 ? 3 : 97)
		for (int cut = 0; cut < 2; cut++) {
			write_damaged(path, &whole, i, cut);
			vmlinux_whole();
		}
	/* what was read was found out and made anew */
	write_damaged(path, &whole, 20, false);
	vmlinux_whole();
	ck_assert_int_eq(file_read(path, &now), 0);
	ck_assert_uint_eq(now.size, whole.size);
	ck_assert_mem_eq(now.data, whole.data, whole.size);
}
END_TEST

START_TEST(stale)
{
	vmlinux_whole();
	ck_assert_int_eq(sh("sed -i 's/vfs_write/vfs_wrote/; s/sum = 0/sum = 1/' src/fs/read_write.c && cd src && gcc -g -O2 -ffreestanding -fno-pie "
			    "-fno-pic -mcmodel=kernel -fcf-protection=none -fno-toplevel-reorder -Iinclude -c -o read_write.o fs/read_write.c && "
			    "ld --build-id -e vfs_read --section-start=.text=0xffffffff81000000 -o ..%s read_write.o", VMLINUX), 0);
	ck_assert_uint_eq(count(debug_functions, get("vmlinux"), "vfs_wrote"), 1);
}
END_TEST

START_TEST(no_cache)
{
	setenv("DTC_CACHE", "/proc/nowhere", 1);
	vmlinux_whole();
	module_whole();
}
END_TEST

START_TEST(packed)
{
	static const char *const packings[] = {
		"objcopy --compress-debug-sections=zlib %s", "objcopy --compress-debug-sections=zstd %s", "xz %s", "zstd -q --rm %s", "gzip %s",
		"objcopy --compress-debug-sections=zlib %s && xz %1$s", "objcopy --compress-debug-sections=zlib-gnu %s",
	};
	static const char *const files[] = { "." VMLINUX, "usr/lib/debug" MODULE };

	for (size_t i = 0; i < ARRAY_SIZE(packings); i++) {
		char *command = mem_printf("%s/run", root);
		FILE *f = fopen(command, "w");

		for (size_t k = 0; k < ARRAY_SIZE(files); k++) {
			fprintf(f, "rm -f %s.*\ncp %s save%zu\n", files[k], files[k], k);
			for (const char *p = packings[i]; *p; p++)
				if (!strncmp(p, "%s", 2) || !strncmp(p, "%1$s", 4))
					p += fprintf(f, "%s", files[k]) ? (p[1] == 's' ? 1 : 3) : 0;
				else
					fputc(*p, f);
			fputc('\n', f);
		}
		fclose(f);
		ck_assert_msg(!sh("sh -e run"), "%s", packings[i]);
		for (int again = 0; again < 2; again++) {
			vmlinux_whole();
			module_whole();
		}
		ck_assert_int_eq(sh("cp save0 %s; cp save1 %s", files[0], files[1]), 0);
	}
	/* what was unpacked is damaged */
	ck_assert_int_eq(sh("rm .%s.*; gzip .%s; rm -rf cache/index", VMLINUX, VMLINUX), 0);
	vmlinux_whole();
	ck_assert_int_eq(sh("for f in cache/debug/*; do truncate -s 3000 $f; done"), 0);
	vmlinux_whole();
	ck_assert_int_eq(sh("truncate -s -100 .%s.gz; rm -rf cache", VMLINUX), 0);
	ck_assert_ptr_null(get("vmlinux"));
	ck_assert(strstr(why, "vmlinux-" RELEASE ".gz: its gzip data is damaged"));
}
END_TEST

/* Split into .dwo files: what is said of vmlinux, and of such a file itself. */
START_TEST(split)
{
	for (int version = 4; version <= 5; version++) {
		ck_assert_msg(!sh("rm -rf cache; EXTRA='-gsplit-dwarf -gdwarf-%d' sh %s %s " RELEASE, version, script(), root), "see %s/log", root);
		ck_assert_ptr_null(get("vmlinux"));
		ck_assert_msg(strstr(why, "its debug information is split, most of it into .dwo files, which are not read") != NULL, "%s", why);
		ck_assert_msg(strstr(hint, "CONFIG_DEBUG_INFO_SPLIT") != NULL, "%s", hint);
	}
	dtc.vmlinux = mem_printf("%s/src/read_write.dwo", root);
	ck_assert_ptr_null(get("vmlinux"));
	ck_assert_msg(strstr(why, "read_write.dwo: it is one part of split debug information (.dwo, .dwp)") != NULL, "%s", why);
}
END_TEST

/* A folder of the cache keeps within its limit, and what was used last. */
START_TEST(evicted)
{
	const struct cache_folder *f = &cache_folders[CACHE_INDEX];
	const char *old = cache_file(CACHE_INDEX, "1.lines"), *used = cache_file(CACHE_INDEX, "2.lines"), *fresh = cache_file(CACHE_INDEX, "fresh");

	ck_assert_int_eq(sh("mkdir -p cache/index && cd cache/index && for i in $(seq %u); do echo >$i.lines; done && touch -d 2020-01-01 *", f->files), 0);
	cache_used(used);
	ck_assert_int_eq(sh("touch -d 2019-01-01 cache/index/1.lines"), 0);
	ck_assert_int_eq(cache_put(CACHE_INDEX, fresh, "fresh", 5), 0);
	ck_assert(!file_exists(old));
	ck_assert(file_exists(used) && file_exists(fresh));
	ck_assert_int_eq(sh("[ $(ls cache/index | wc -l) = %u ]", f->files), 0);
	/* by size: what is older than one that fills it all goes with it */
	ck_assert_int_eq(sh("truncate -s %llu cache/index/3.lines && touch -d 2021-01-01 cache/index/3.lines", (unsigned long long)f->bytes), 0);
	ck_assert_int_eq(cache_put(CACHE_INDEX, fresh, "fresh", 5), 0);
	ck_assert_int_eq(sh("[ \"$(echo $(ls cache/index))\" = '2.lines fresh' ]"), 0);
}
END_TEST

/* An index is used when a run opens it. */
START_TEST(index_used)
{
	vmlinux_whole();
	ck_assert_int_eq(sh("touch -d 2020-01-01 cache/index/*"), 0);
	vmlinux_whole();
	ck_assert_int_eq(sh("[ -n \"$(find cache/index -name '*.lines' -newermt 2021-01-01)\" ]"), 0);
}
END_TEST

/* What a pattern goes by. The index of modules is that of a fresh installation. */
static void module_is_here(bool is_here)
{
	const struct index_file *f;
	const struct index_mod *m;

	ck_assert_int_eq(sh("rm -f cache/index/*.modules"), 0);
	get("vmlinux");
	f = index_modules_all(&dtc);
	m = f ? index_mod_find(f, "mod") : NULL;
	ck_assert_ptr_nonnull(m);
	ck_assert_int_eq(index_mod_has_debug(&dtc, f, m), is_here);
}

START_TEST(other_places)
{
	module_is_here(true);
	ck_assert_int_eq(sh("mkdir -p usr/lib/debug/.build-id/ab && id=$(readelf -n .%s | sed -n 's/.*Build ID: //p') && "
			    "mkdir -p usr/lib/debug/.build-id/${id%%${id#??}} && "
			    "mv usr/lib/debug%s usr/lib/debug/.build-id/${id%%${id#??}}/${id#??}.debug", MODULE, MODULE), 0);
	module_whole();
	module_is_here(true);
	/* .gnu_debuglink; and the code and its tables are in the module's own file alone */
	ck_assert_int_eq(sh("objcopy --only-keep-debug src/mod.ko .%s.dbg && mv .%s.dbg .%s && rm -rf usr/lib/debug/.build-id", MODULE, MODULE,
			    "/lib/modules/" RELEASE "/kernel/fs/mod.dbg"), 0);
	ck_assert_int_eq(sh("cd lib/modules/" RELEASE "/kernel/fs && objcopy --add-gnu-debuglink=mod.dbg mod.ko"), 0);
	module_whole();
	module_is_here(true);
	/* in .debug beside it, and in the folder of all debug information */
	ck_assert_int_eq(sh("cd lib/modules/" RELEASE "/kernel/fs && mkdir .debug && mv mod.dbg .debug"), 0);
	module_whole();
	module_is_here(true);
	ck_assert_int_eq(sh("d=lib/modules/" RELEASE "/kernel/fs && mkdir -p usr/lib/debug/$d && mv $d/.debug/mod.dbg usr/lib/debug/$d"), 0);
	module_whole();
	module_is_here(true);
	ck_assert_int_eq(sh("d=lib/modules/" RELEASE "/kernel/fs && mv usr/lib/debug/$d/mod.dbg $d"), 0);
	/* a module compressed as distributions do, with debug information beside it */
	ck_assert_int_eq(sh("xz .%s && sed -i s/ko:/ko.xz:/ lib/modules/" RELEASE "/modules.dep && rm -rf cache && "
			    "mv lib/modules/" RELEASE "/kernel/fs/mod.dbg usr/lib/debug%s.debug", MODULE, MODULE), 0);
	module_whole();
	module_is_here(true);
	ck_assert_int_eq(sh("mkdir -p usr/lib/debug/lib/modules/" RELEASE " && mv .%s usr/lib/debug/lib/modules/" RELEASE "/vmlinux", VMLINUX), 0);
	vmlinux_whole();
	dtc.vmlinux = mem_printf("%s/elsewhere", root);
	ck_assert_int_eq(sh("mv usr/lib/debug/lib/modules/" RELEASE "/vmlinux elsewhere"), 0);
	vmlinux_whole();
}
END_TEST

/* Files that are there and not what is wanted. */
START_TEST(refused)
{
	/* another build of the module: its code differs */
	ck_assert_int_eq(sh("cd src && gcc -g -O2 -DX -x c -c -o m.o - <<'E'\nint mod_read(int x) { return x; }\nE\n"
			    "ld -r --build-id -o ../usr/lib/debug%s m.o", MODULE), 0);
	ck_assert_ptr_null(get("mod"));
	ck_assert_msg(strstr(why, "/mod.ko: it is of another build: its build-id is ") != NULL, "%s", why);
	ck_assert(strstr(why, mem_printf("that of %s%s is ", root, MODULE)));
	dtc.vmlinux = mem_printf("%s/nowhere", root);
	ck_assert_ptr_null(get("vmlinux"));
	ck_assert_msg(strstr(why, "/nowhere: there is no such file") && strstr(hint, "--vmlinux"), "%s", why);
	dtc.vmlinux = mem_printf("%s/plain", root);
	ck_assert_int_eq(sh("strip -g -o plain .%s", VMLINUX), 0);
	ck_assert_ptr_null(get("vmlinux"));
	ck_assert_msg(strstr(why, "/plain: it has no debug information") != NULL, "%s", why);
	dtc.vmlinux = mem_printf("%s/log", root);
	ck_assert_int_eq(sh("echo not empty >>log"), 0);
	ck_assert_ptr_null(get("vmlinux"));
	ck_assert_msg(strstr(why, "/log: it is no ELF file") != NULL, "%s", why);
	dtc.vmlinux = NULL;
}
END_TEST

START_TEST(missing)
{
	static const struct { const char *os, *command; } systems[] = {
		{ "ID=debian", "apt-get install linux-image-" RELEASE "-dbg" },
		{ "NAME=x\nID=ubuntu\nID_LIKE=debian", "apt-get install linux-image-" RELEASE "-dbgsym, from ddebs.ubuntu.com" },
		{ "ID=\"fedora\"", "dnf debuginfo-install kernel-core-" RELEASE ", for the package kernel-debuginfo" },
		{ "ID='rocky'\nID_LIKE='rhel centos fedora'", "dnf debuginfo-install kernel-core-" RELEASE ", for the package kernel-debuginfo" },
		{ "ID=beos", "install the debug information of kernel " RELEASE },
	};

	ck_assert_int_eq(sh("mkdir -p etc; rm -rf usr/lib/debug"), 0);
	for (size_t i = 0; i < ARRAY_SIZE(systems); i++) {
		ck_assert_int_eq(sh("cat >etc/os-release <<'E'\n%s\nE\n", systems[i].os), 0);
		ck_assert_ptr_null(get("vmlinux"));
		ck_assert_str_eq(why, "the debug information of kernel " RELEASE " is missing");
		ck_assert_str_eq(hint, systems[i].command);
		ck_assert_ptr_null(get("mod"));
		ck_assert_str_eq(why, "the debug information of module mod is missing");
	}
}
END_TEST

/* Cut anywhere, or with any byte changed, a file is refused by name or read: nothing crashes. */
START_TEST(file_damage)
{
	static const char *const files[] = { VMLINUX, "/usr/lib/debug" MODULE };

	for (size_t k = 0; k < ARRAY_SIZE(files); k++) {
		char *path = mem_printf("%s%s", root, files[k]);
		const char *name = k ? "mod" : "vmlinux";
		struct file_data whole;
		unsigned nrefused = 0;

		ck_assert_int_eq(file_read(path, &whole), 0);
		for (size_t i = 0; i < whole.size; i += 61)
			for (int cut = 0; cut < 2; cut++) {
				struct debug_file *f;
				struct debug_place p;
				Dwarf_Die die;

				write_damaged(path, &whole, i, cut);
				f = get(name);
				if (!f) {
					nrefused++;
					ck_assert_msg(strstr(why, name) != NULL, "%s", why);
					continue;
				}
				ck_assert_msg(!cut, "cut at %zu of %zu", i, whole.size);
				count(debug_functions, f, NULL);
				debug_place(f, seen.last.low, &p);
				debug_unit(f, seen.last.low, &die);
			}
		ck_assert_uint_gt(nrefused, whole.size / 61);
		sh("rm -rf cache");
	}
}
END_TEST

START_TEST(shared_by_dwz)
{
	if (sh("command -v dwz >/dev/null"))
		return;
	/* two files that have much in common */
	ck_assert_int_eq(sh("cp .%s a && cp a b && mkdir -p usr/lib/debug/.dwz && "
			    "dwz -m usr/lib/debug/.dwz/common -M /usr/lib/debug/.dwz/common a b && mv a .%s", VMLINUX, VMLINUX), 0);
	ck_assert_int_eq(sh("readelf -SW .%s | grep -q gnu_debugaltlink", VMLINUX), 0);
	vmlinux_whole();
	vmlinux_whole();
	ck_assert_int_eq(sh("rm -rf cache; mv usr/lib/debug/.dwz/common c"), 0);
	ck_assert_ptr_null(get("vmlinux"));
	ck_assert_msg(strstr(why, "the file that it shares with others, /usr/lib/debug/.dwz/common (build-id ") != NULL, "%s", why);
	ck_assert_int_eq(sh("id=$(readelf -n c | sed -n 's/.*Build ID: //p') && d=usr/lib/debug/.build-id/${id%%${id#??}} && mkdir -p $d && "
			    "mv c $d/${id#??}.debug"), 0);
	vmlinux_whole();
}
END_TEST

static pid_t serve(int *port, bool slow)
{
	struct file_data f;
	pid_t pid;

	ck_assert_int_eq(sh("mv usr/lib/debug%s served", MODULE), 0);
	ck_assert_int_eq(file_read(mem_printf("%s/served", root), &f), 0);
	pid = http_server_start(f.data, f.size, slow, port);
	ck_assert_int_gt(pid, 0);
	setenv("DEBUGINFOD_URLS", mem_printf("http://127.0.0.1:%d", *port), 1);
	setenv("DEBUGINFOD_CACHE_PATH", mem_printf("%s/fetched", root), 1);
	return pid;
}

START_TEST(servers)
{
	int port, status;
	pid_t pid = serve(&port, false);

	module_is_here(false);	/* a pattern asks no server */
	module_whole();
	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	module_whole();		/* from the library's cache */
	ck_assert_int_eq(sh("rm -rf fetched"), 0);
	ck_assert_ptr_null(get("mod"));
	ck_assert_msg(strstr(why, "the debug information of module mod is missing: ") != NULL && strstr(why, "DEBUGINFOD_URLS"), "%s", why);
	vmlinux_whole();	/* that one is here */
}
END_TEST

START_TEST(interrupted)
{
	int port, status;
	pid_t pid = serve(&port, true), child = fork();

	if (!child) {		/* sends the signal as the terminal would */
		pid_t parent = getppid();

		usleep(1500000);
		kill(parent, SIGINT);
		_exit(0);
	}
	ck_assert_ptr_null(get("mod"));
	ck_assert_msg(strstr(why, "the download of it was interrupted") != NULL, "%s", why);
	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	waitpid(child, &status, 0);
}
END_TEST

int main(void)
{
	const struct { const char *name; const TTest *test; } tests[] = {
		{ "vmlinux", vmlinux }, { "sites", sites }, { "module", module }, { "index damage", index_damage }, { "stale", stale },
		{ "no cache", no_cache }, { "packed", packed }, { "other places", other_places }, { "refused", refused }, { "missing", missing },
		{ "file damage", file_damage }, { "split", split }, { "evicted", evicted }, { "index used", index_used }, { "shared by dwz", shared_by_dwz }, { "servers", servers }, { "interrupted", interrupted },
	};
	Suite *s = suite_create("debuginfo");
	SRunner *r;
	int failed;

	for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
		TCase *c = tcase_create(tests[i].name);

		tcase_add_checked_fixture(c, setup, teardown);
		tcase_set_timeout(c, 120);
		tcase_add_test(c, tests[i].test);
		suite_add_tcase(s, c);
	}
	r = srunner_create(s);
	srunner_run_all(r, CK_NORMAL);
	failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? 1 : 0;
}
