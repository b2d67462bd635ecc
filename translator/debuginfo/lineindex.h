/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The index of a file with debug information: rows of fixed size in parts that
 * follow one another, each part with its checksum. Addresses are from `base`
 * on. It is kept in CACHE/index/ by build-id and used by memory map; a part is
 * checked when it is first read, of the lines only those of a file.
 */
#ifndef DTC_LINEINDEX_H
#define DTC_LINEINDEX_H

#include "blob.h"
#include "debugfile.h"

enum line_part { PART_FILES, PART_LINES, PART_FUNCS, PART_INLINES, PART_UNITS, PART_SYMS, PART_BY_NAME, PART_SITES, PART_NAMES, PART_NR };

struct row_file { u32 name, first, count, crc; };		/* sorted by name; its lines, and their checksum */
struct row_line { u32 line, addr; };				/* of a file: sorted by both */
struct row_func { u32 name, die, low, size, file, line; };	/* sorted by name, low */
struct row_unit { u32 low, high, die; };			/* code of a compilation unit: sorted */
struct row_sym { u64 addr; u32 size, name; u16 section; u8 rank, flags; u32 unused; };	/* sorted by addr, of several the best first */
#define SYM_UNIQUE 0x1		/* no other symbol of the file is named like it */
#define SYM_FUNC 0x2
struct row_site { u32 low, high, reach, why; };			/* sorted by low; reach: the greatest high so far; why: a row of site_reasons */
/* PART_BY_NAME: u32, rows of PART_SYMS sorted by name */

extern const char *const site_reasons[];
extern const unsigned nsite_reasons;

struct line_build {
	struct build_part { void *rows; size_t n, cap; } parts[PART_NR];
	struct name_set names;
	u64 base, text_low, text_high;	/* the latter two: code that stays after boot; 0: all */
};
void *build_row(struct line_build *b, enum line_part part);	/* a new one, zeroed */
bool build_address(const struct line_build *b, u64 addr, u32 *ret);
void build_deinit(struct line_build *b);
/* The bytes of the file. malloc()ed; NULL: no memory. */
u8 *build_finish(struct line_build *b, u64 key, size_t *size);

struct debug_index {
	struct file_data file;
	const struct line_header *header;
	u64 at[PART_NR + 1];
	bool checked[PART_NR];
	struct debug_line **lines;	/* of each file, when asked for */
};
/* -1: damaged, or made from something else. Takes `file` over when it succeeds. */
int line_index_init(struct debug_index *x, struct file_data *file, u64 key);
void line_index_deinit(struct debug_index *x);
/* The rows, checked. NULL: damaged (or none: then *count is 0 and the index whole). */
const void *line_index_part(struct debug_index *x, enum line_part part, u32 *count);
const struct row_line *line_index_lines(struct debug_index *x, const struct row_file *file);
u64 line_index_base(const struct debug_index *x);

/* The same of a file, its index made anew when it is damaged. */
const void *debug_rows(struct debug_file *f, enum line_part part, u32 *count);
const char *debug_name(struct debug_file *f, u32 offset);
void debug_text(struct debug_file *f, u64 *low, u64 *high);

/* --- linescan.c, placescan.c: what goes in --- */
enum scan_result { SCAN_GOOD, SCAN_DAMAGED, SCAN_SPLIT /* into .dwo files, which are not read */ };
enum scan_result line_scan(struct line_build *b, struct debug_elf *e);
void place_scan(struct line_build *b, struct debug_elf *e, struct debug_elf *code);	/* symbols of one, tables of the other */

#endif
