/* What headers have beyond C99, and beyond D. */
#ifndef GNU_H
#define GNU_H

typedef unsigned char u8;
__extension__ typedef unsigned long long u64_gnu;
__extension__ typedef __int128 s128;
extern s128 wide(unsigned __int128 x);

_Static_assert(sizeof(u8) == 1, "a ';' and a ')' in a string");

static __inline__ __attribute__((always_inline)) unsigned swap(unsigned x)
{
	__asm__("bswapl %0" : "=r"(x) : "0"(x));
	if (x == '}')
		return 0;
	return x;
}

extern int renamed(const char *__restrict name) __asm__("" "renamed_64") __attribute__((__nonnull__(1)));
extern inline int not_inlined(int);
_Noreturn void stop_all(void);

struct packed {
	u8 kind;
	unsigned long length;
	struct { } nothing;
	unsigned short check;
} __attribute__((packed));

typedef struct __attribute__((may_alias)) {
	u8 kind;
	unsigned long length __attribute__((aligned(8)));
	struct packed inner;
} plain_t;

enum { HIGHEST = 1u << 31, WIDER = 1ull << 40 };

#endif
