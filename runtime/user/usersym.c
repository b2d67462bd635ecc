// SPDX-License-Identifier: GPL-2.0
/*
 * Names of addresses in programs: /proc/PID/maps tells the file that lies
 * there, the file's symbol tables the function. Mappings are read again after a
 * second, for pids come again and programs change; those of a program that has
 * exited stay as they were last seen.
 */
#include <fcntl.h>
#include <gelf.h>
#include <inttypes.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "dtrun.h"

#define PROCESS_BUCKETS 256
#define PROCESSES_MAX	4096	/* then all are forgotten */
#define MAPPINGS_MAX	65536	/* of a process */
#define MAPS_AGE	1000000000ull

struct user_symbol { uint64_t addr, size; uint32_t name; bool is_function, is_local; };
struct load { uint64_t offset, addr, size; };
struct object {
	struct object *next;
	char *path;
	uint64_t dev, inode;
	struct load *loads;
	size_t nloads;
	struct user_symbol *symbols;
	size_t nsymbols;
	char *names;
	size_t names_len;
};
struct mapping { uint64_t start, end, offset; struct object *object; };
struct process {
	struct process *next;
	uint32_t pid;
	uint64_t read_at;
	struct mapping *maps;
	size_t nmaps;
};
struct user_symbols {
	struct object *objects;
	struct process *processes[PROCESS_BUCKETS];
	size_t nprocesses;
};

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000ull + t.tv_nsec;
}

/* --- files --- */

static unsigned underscores(const char *name)
{
	return strspn(name, "_");
}

/* Of symbols at one address, the better one comes first. */
static int symbol_compare(const void *a, const void *b, void *names)
{
	const struct user_symbol *x = a, *y = b;
	const char *xname = (char *)names + x->name, *yname = (char *)names + y->name;

	if (x->addr != y->addr)
		return x->addr < y->addr ? -1 : 1;
	if (x->is_function != y->is_function)
		return y->is_function - x->is_function;
	if (x->is_local != y->is_local)
		return x->is_local - y->is_local;
	if (underscores(xname) != underscores(yname))
		return (int)underscores(xname) - (int)underscores(yname);
	if (x->size != y->size)
		return x->size < y->size ? -1 : 1;
	return strcmp(xname, yname);
}

static bool symbol_wanted(const GElf_Sym *s)
{
	unsigned type = GELF_ST_TYPE(s->st_info);

	return s->st_value && s->st_shndx != SHN_UNDEF && s->st_shndx < SHN_LORESERVE &&
	       (type == STT_FUNC || type == STT_GNU_IFUNC || type == STT_OBJECT || type == STT_NOTYPE);
}

static bool symbol_add(struct object *o, const GElf_Sym *s, const char *name)
{
	size_t n = strlen(name) + 1;
	char *names = realloc(o->names, o->names_len + n);

	if (!names)
		return false;
	o->names = names;
	memcpy(names + o->names_len, name, n);
	o->symbols[o->nsymbols++] = (struct user_symbol){
		.addr = s->st_value, .size = s->st_size, .name = o->names_len,
		.is_function = GELF_ST_TYPE(s->st_info) == STT_FUNC || GELF_ST_TYPE(s->st_info) == STT_GNU_IFUNC,
		.is_local = GELF_ST_BIND(s->st_info) == STB_LOCAL,
	};
	o->names_len += n;
	return true;
}

static void section_read(struct object *o, Elf *elf, Elf_Scn *section, const GElf_Shdr *header)
{
	Elf_Data *data = elf_getdata(section, NULL);
	size_t n = header->sh_entsize ? header->sh_size / header->sh_entsize : 0;
	void *more;

	if (!data || n > INT32_MAX || n * gelf_fsize(elf, ELF_T_SYM, 1, EV_CURRENT) > data->d_size)
		return;
	more = realloc(o->symbols, (o->nsymbols + n) * sizeof(*o->symbols));
	if (!more)
		return;
	o->symbols = more;
	for (size_t i = 0; i < n; i++) {
		GElf_Sym s;
		const char *name;

		if (!gelf_getsym(data, i, &s) || !symbol_wanted(&s))
			continue;
		name = elf_strptr(elf, header->sh_link, s.st_name);
		if (name && *name && !symbol_add(o, &s, name))
			return;
	}
}

static void loads_read(struct object *o, Elf *elf)
{
	size_t n;

	if (elf_getphdrnum(elf, &n) || n > 1024 || !(o->loads = calloc(n + 1, sizeof(*o->loads))))
		return;
	for (size_t i = 0; i < n; i++) {
		GElf_Phdr p;

		if (gelf_getphdr(elf, i, &p) && p.p_type == PT_LOAD)
			o->loads[o->nloads++] = (struct load){ p.p_offset, p.p_vaddr, p.p_filesz };
	}
}

static void object_read(struct object *o, int fd)
{
	Elf *elf = elf_begin(fd, ELF_C_READ, NULL);
	Elf_Scn *section = NULL;

	if (elf && elf_kind(elf) == ELF_K_ELF) {
		loads_read(o, elf);
		while ((section = elf_nextscn(elf, section))) {
			GElf_Shdr header;

			if (gelf_getshdr(section, &header) && (header.sh_type == SHT_SYMTAB || header.sh_type == SHT_DYNSYM))
				section_read(o, elf, section, &header);
		}
	}
	elf_end(elf);
	if (o->nsymbols)
		qsort_r(o->symbols, o->nsymbols, sizeof(*o->symbols), symbol_compare, o->names);
}

/* The file as the program sees it, or as we do. */
static int object_open(uint32_t pid, const char *path)
{
	char through[4200];
	int fd;

	snprintf(through, sizeof(through), "/proc/%u/root%s", pid, path);
	fd = open(through, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	return fd >= 0 ? fd : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
}

static struct object *object_get(struct user_symbols *u, uint32_t pid, const char *path, uint64_t dev, uint64_t inode)
{
	struct object *o;
	int fd;

	for (o = u->objects; o; o = o->next)
		if (o->inode == inode && o->dev == dev && !strcmp(o->path, path))
			return o;
	o = calloc(1, sizeof(*o));
	if (!o || !(o->path = strdup(path))) {
		free(o);
		return NULL;
	}
	o->dev = dev;
	o->inode = inode;
	o->next = u->objects;
	u->objects = o;
	fd = object_open(pid, path);
	if (fd >= 0) {
		object_read(o, fd);
		close(fd);
	}
	return o;
}

/* addr: as the file has it. */
static const struct user_symbol *object_symbol(const struct object *o, uint64_t addr)
{
	size_t low = 0, high = o->nsymbols;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (o->symbols[mid].addr <= addr)
			low = mid + 1;
		else
			high = mid;
	}
	while (low) {	/* the nearest that reaches this far, the first of those at one address */
		const struct user_symbol *s = &o->symbols[low - 1];

		while (s > o->symbols && s[-1].addr == s->addr)
			s--;
		for (const struct user_symbol *t = s; t < o->symbols + low; t++)
			if (t->size ? addr - t->addr < t->size : t->is_function || addr == t->addr)
				return t;
		if (addr - s->addr > 1 << 20)
			break;
		low = s - o->symbols;
	}
	return NULL;
}

/* --- processes --- */

static bool mapping_add(struct user_symbols *u, struct process *p, size_t *cap, const char *line)
{
	uint64_t start, end, offset, major, minor, inode;
	char path[4096];

	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %*s %" SCNx64 " %" SCNx64 ":%" SCNx64 " %" SCNu64 " %4095[^\n]", &start, &end, &offset,
		   &major, &minor, &inode, path) != 7 || path[0] != '/')
		return true;
	if (p->nmaps == *cap) {
		size_t more = *cap * 2 + 32;
		void *maps = more > MAPPINGS_MAX ? NULL : realloc(p->maps, more * sizeof(*p->maps));

		if (!maps)
			return false;
		p->maps = maps;
		*cap = more;
	}
	p->maps[p->nmaps++] = (struct mapping){ start, end, offset, object_get(u, p->pid, path, major << 32 | minor, inode) };
	return true;
}

static void process_read(struct user_symbols *u, struct process *p)
{
	struct process fresh = { .pid = p->pid };
	char path[64], line[4400];
	size_t cap = 0;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%u/maps", p->pid);
	f = fopen(path, "re");
	while (f && fgets(line, sizeof(line), f) && mapping_add(u, &fresh, &cap, line))
		;
	if (f)
		fclose(f);
	p->read_at = now();
	if (!fresh.nmaps) {	/* gone */
		free(fresh.maps);
		return;
	}
	free(p->maps);
	p->maps = fresh.maps;
	p->nmaps = fresh.nmaps;
}

static void processes_free(struct user_symbols *u)
{
	for (size_t i = 0; i < PROCESS_BUCKETS; i++)
		for (struct process *p = u->processes[i], *next; p; p = next) {
			next = p->next;
			free(p->maps);
			free(p);
		}
	memset(u->processes, 0, sizeof(u->processes));
	u->nprocesses = 0;
}

static struct process *process_get(struct user_symbols *u, uint32_t pid)
{
	struct process **bucket = &u->processes[pid % PROCESS_BUCKETS], *p;

	for (p = *bucket; p; p = p->next)
		if (p->pid == pid)
			break;
	if (!p) {
		if (u->nprocesses >= PROCESSES_MAX)
			processes_free(u);
		p = calloc(1, sizeof(*p));
		if (!p)
			return NULL;
		p->pid = pid;
		p->next = *bucket;
		*bucket = p;
		u->nprocesses++;
	}
	if (!p->read_at || now() - p->read_at > MAPS_AGE)
		process_read(u, p);
	return p;
}

static struct user_symbols *user_symbols(struct symbols *s)
{
	if (!s->user && elf_version(EV_CURRENT) != EV_NONE)
		s->user = calloc(1, sizeof(*s->user));
	return s->user;
}

void symbols_user_note(struct symbols *s, uint32_t pid)
{
	struct user_symbols *u = user_symbols(s);

	if (u && pid)
		process_get(u, pid);
}

/* Before it runs: what is mapped by now, to be read again when it is asked for, if it still lives then. */
void symbols_user_expect(struct symbols *s, uint32_t pid)
{
	struct user_symbols *u = user_symbols(s);
	struct process *p = u && pid ? process_get(u, pid) : NULL;

	if (p)
		p->read_at = 0;
}

static const struct mapping *mapping_find(const struct process *p, uint64_t addr)
{
	for (size_t i = 0; i < p->nmaps; i++)
		if (addr >= p->maps[i].start && addr < p->maps[i].end)
			return p->maps[i].object ? &p->maps[i] : NULL;
	return NULL;
}

bool symbols_user(struct symbols *s, uint32_t pid, uint64_t addr, struct symbol *ret)
{
	struct user_symbols *u = user_symbols(s);
	struct process *p = u && pid ? process_get(u, pid) : NULL;
	const struct mapping *m = p ? mapping_find(p, addr) : NULL;
	const struct object *o;
	uint64_t offset;

	if (!m)
		return false;
	o = m->object;
	*ret = (struct symbol){ .module = strrchr(o->path, '/') + 1, .addr = addr, .base = m->start };
	offset = addr - m->start + m->offset;
	for (size_t i = 0; i < o->nloads; i++) {
		const struct load *l = &o->loads[i];
		const struct user_symbol *found;

		if (offset < l->offset || offset - l->offset >= l->size)
			continue;
		found = object_symbol(o, offset - l->offset + l->addr);
		if (found) {
			ret->name = o->names + found->name;
			ret->addr = addr - (offset - l->offset + l->addr - found->addr);
		}
		break;
	}
	return true;
}

void user_symbols_free(struct user_symbols *u)
{
	if (!u)
		return;
	processes_free(u);
	for (struct object *o = u->objects, *next; o; o = next) {
		next = o->next;
		free(o->path);
		free(o->loads);
		free(o->symbols);
		free(o->names);
		free(o);
	}
	free(u);
}
