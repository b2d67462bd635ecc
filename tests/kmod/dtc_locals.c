// SPDX-License-Identifier: GPL-2.0
/*
 * Known values in variables of every kind of location. Writing to the parameter
 * `run` calls all functions once. Most variables are set once and keep their
 * value: `dtc_locals.values` has it, by function and D expression. The functions
 * are the compiler's to optimize as it does the kernel's.
 */
#include <linux/bug.h>
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/percpu.h>
#include <linux/string.h>

/* Uses a value in a way that the compiler knows nothing of. */
static noinline void use(u64 v)
{
	asm volatile("" : : "r" (v) : "memory");
}

/* All registers that a call may change are changed. */
static noinline void forget(void)
{
	asm volatile("" : : : "memory", "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11");
}

/* Nothing is known of the result. */
static __always_inline u64 hide(u64 v)
{
	asm volatile("" : "+r" (v));
	return v;
}

enum colour { RED = -2, GREEN = 5, BLUE = 77 };
typedef int (*operation)(int);
struct pair { u64 first, second; };
struct bits { u32 a : 3; s32 b : 7; u32 c : 22; u8 d : 1, : 0; u8 last; };
struct flexible { u32 count; u16 items[]; };
union number { u64 whole; u32 half[2]; u8 bytes[8]; };
struct outer { struct { int x, y; }; union number n; struct pair pairs[2]; const char *name; operation op; };

static noinline int triple(int x)
{
	int product = x * 3;

	use(product);
	return product;
}

static noinline u64 in_registers(u64 a, u32 b, s16 c, u8 d, bool e, enum colour f)
{
	u64 sum = a + b;
	s64 negative = -(s64)hide(sum);
	char letter = (char)hide('x');

	use(sum);
	use(negative);
	use(letter + c + d + e + f);
	use(sum ^ negative);
	return a + b + c + d + e + f + letter;
}

/* More values than registers, all alive across the calls. */
static noinline u64 spilled(u64 base)
{
	u64 s0 = hide(base + 1), s1 = hide(base + 2), s2 = hide(base + 3), s3 = hide(base + 4), s4 = hide(base + 5);
	u64 s5 = hide(base + 6), s6 = hide(base + 7), s7 = hide(base + 8), s8 = hide(base + 9), s9 = hide(base + 10);

	forget();
	use(s0);
	use(s9);
	forget();
	use(s0 + s1 * 2 + s2 * 3 + s3 * 4 + s4 * 5 + s5 * 6 + s6 * 7 + s7 * 8 + s8 * 9 + s9 * 10);
	return s0 ^ s1 ^ s2 ^ s3 ^ s4 ^ s5 ^ s6 ^ s7 ^ s8 ^ s9;
}

static noinline u64 constants(void)
{
	int answer = 42;
	const u64 large = 0x123456789abcdef0;
	s8 small = -7;
	const enum colour shade = RED;
	static const u16 fixed = 999;

	use(answer);
	use(large + fixed);
	use(small);
	forget();
	return shade + answer + fixed;
}

/* Structures taken apart: their members are in registers of their own, or constants. */
static noinline u64 pieces(u64 a, u64 b)
{
	struct pair split = { .first = a * 2, .second = b + 1 };
	struct pair half = { .first = 55, .second = hide(a) };

	use(split.first);
	forget();
	use(split.second);
	use(half.first + half.second);
	forget();
	return split.first + split.second + half.second;
}

/* Two registers each way. */
static noinline struct pair exchange(struct pair whole, u64 extra)
{
	struct pair back = { .first = whole.second + extra, .second = whole.first };

	use(whole.first);
	use(extra);
	forget();
	use(whole.second);
	return back;
}

static noinline u64 taken_apart(u64 a)
{
	struct pair given = { .first = a, .second = a + 1 };
	struct pair got = exchange(given, hide(1000));
	unsigned __int128 wide = (unsigned __int128)hide(a) << 64 | hide(a + 2);

	use(got.first);
	forget();
	use(got.second + (u64)wide);
	forget();
	use(got.first + got.second + (u64)(wide >> 64));
	return got.first;
}

static __always_inline u64 through(const struct pair *p, u64 factor)
{
	u64 scaled = p->first * factor;

	use(scaled);
	forget();
	return scaled + p->second;
}

/* The address of a structure that is not in memory. */
static noinline u64 implicit_pointer(u64 a)
{
	struct pair here = { .first = hide(a), .second = hide(a + 1) };
	u64 got = through(&here, 3);

	use(got);
	return got + here.first;
}

/* The parameters are not needed after the calls. */
static noinline u64 entry_values(u64 first, u64 second)
{
	use(first + second);
	forget();
	use(1);
	forget();
	return 12;
}

static noinline u64 entry_narrow(u8 byte, s16 word, s32 number, bool flag, enum colour shade, const char *text)
{
	use(byte + word + number + flag + shade + (u64)text);
	forget();
	use(2);
	forget();
	return 13;
}

/* Each call has parameters of its own, and those of the calls around it must not be taken for them. */
static noinline u64 entry_recursive(u64 depth, u64 weight)
{
	struct pair copy = { depth * 100 + weight, 0 };
	u64 below = 0;

	asm volatile("" : : "r" (&copy) : "memory");
	copy.second = 4711;
	asm volatile("" : : "r" (&copy) : "memory");
	if (depth)
		below = entry_recursive(depth - 1, hide(weight + 1));
	forget();
	use(copy.first + below);
	forget();
	copy.second = 0;	/* the next call here begins with what this one leaves */
	asm volatile("" : : "r" (&copy) : "memory");
	return copy.first ^ below;
}

/* The frame of the caller is the callee's when this is a jump. */
static noinline u64 entry_jumped(u64 given)
{
	use(given);
	forget();
	use(3);
	forget();
	return 14;
}

static noinline u64 entry_jumps(u64 origin)
{
	use(origin);
	forget();
	return entry_jumped(hide(77));
}

static __always_inline u64 entry_inner(u64 base)
{
	use(base);
	forget();
	use(4);
	forget();
	return 15;
}

/* What is known of the copy's parameter is said by this function's. */
static noinline u64 entry_outer(u64 seed)
{
	return entry_inner(seed * 2 + 5) + 1;
}

/* Until a signal comes: a call that may be older than the probes. */
static noinline u64 entry_waits(u64 ticket)
{
	use(ticket);
	msleep_interruptible(120 * MSEC_PER_SEC);
	use(5);
	forget();
	return 16;
}

static DEFINE_PER_CPU(u64, own_counter);

static noinline u64 statics(u64 step)
{
	static u64 calls = 1000;
	static struct pair both = { 31, 32 };
	static char text[16] = "static text";
	u64 *cell = this_cpu_ptr(&own_counter);

	*cell = step + 5;
	calls += step;
	both.second += step;
	text[0] = hide('S');
	asm volatile("" : : "r" (text) : "memory");
	use(calls + both.second);
	use(*cell);
	forget();
	return calls;
}

static __always_inline int inner(int depth, int weight)
{
	int product = depth * weight;

	use(product);
	forget();
	use(product + 1);
	return product;
}

static __always_inline int middle(int depth)
{
	int twice = depth * 2;
	int got = inner((int)hide(twice), 10);

	use(got);
	return got + twice;
}

static noinline int inlined(int depth)
{
	int a = middle(depth);
	int b = inner(depth + 100, 7);

	use(a);
	return a + b;
}

static noinline int blocks(int value)
{
	int shadow = (int)hide(value);
	int total = 0;

	use(shadow);
	{
		int shadow_sum = shadow + 1;
		int value = (int)hide(shadow_sum + 100);	/* hides the parameter */

		use(value);
		forget();
		use(value);
		total += value;
	}
	for (int i = 0; i < 3; i++) {
		int square = (int)hide(i * i);

		use(square);
		total += square;
		forget();
	}
	if (total > 5) {
		char shadow = (char)hide('k');			/* hides the outer one */

		use(shadow);
		forget();
		total += shadow;
	}
	use(total);
	return total + shadow;
}

static noinline u64 aggregates(u64 seed)
{
	struct outer o = { .x = -1, .y = (int)seed, .name = "outer's name", .op = triple };
	int numbers[4] = { 1, 2, 3, (int)seed };
	int grid[2][3] = { { 11, 12, 13 }, { 21, 22, 23 } };
	struct bits bits = { .a = 5, .b = -3, .c = 99999, .d = 1, .last = 200 };
	union number n = { .whole = 0x1122334455667788 };
	u64 space[4] = { 0 };
	struct flexible *flexible = (void *)space;
	struct outer *to_outer = &o;
	operation op = (operation)hide((u64)triple);
	const char *text = (const char *)hide((u64)"a text");
	enum colour colour = (enum colour)hide(BLUE);
	struct list_head list;

	INIT_LIST_HEAD(&list);
	flexible->count = 3;
	flexible->items[1] = 321;
	o.pairs[1].second = 8;
	o.n.half[1] = 9;
	asm volatile("" : : "r" (&o), "r" (numbers), "r" (grid), "r" (&bits), "r" (&n), "r" (space), "r" (&list) : "memory");
	use(o.op(colour));
	forget();
	use((u64)to_outer + numbers[1] + bits.c + (u64)op + (u64)text + flexible->count);
	asm volatile("" : : "r" (&o), "r" (numbers), "r" (grid), "r" (&bits), "r" (&n), "r" (space), "r" (&list) : "memory");
	return n.whole + bits.a + (u64)list.next + colour;
}

/* The number of the items is known when it runs only. */
static noinline u64 arithmetic(u32 a, s32 b, u8 shift)
{
	u32 quotient = a / 7;
	s32 rest = b % 5;
	u64 shifted = (u64)a << (shift & 7);
	s32 smaller = min(b, -20);
	bool is_less = b < (s32)a;
	s64 absolute = abs(b);

	use(a + b + shift);
	forget();
	use(quotient + rest);
	use(shifted + smaller);
	use(is_less + absolute);
	forget();
	return quotient + rest + shifted + smaller + is_less + absolute;
}

static int run_set(const char *text, const struct kernel_param *kp)
{
	u64 sum = 0;

	preempt_disable();
	sum += in_registers(hide(100), hide(23), hide(-4), hide(250), hide(1), (enum colour)hide(GREEN));
	sum += spilled(hide(500));
	sum += constants();
	sum += pieces(hide(7), hide(8));
	sum += taken_apart(hide(600));
	sum += implicit_pointer(hide(60));
	sum += entry_values(hide(71), hide(72));
	sum += entry_narrow(hide(200), hide(-300), hide(-70000), hide(1), (enum colour)hide(BLUE), (const char *)hide((u64)"narrow"));
	sum += entry_recursive(hide(3), hide(40));
	sum += entry_jumps(hide(76));
	sum += entry_outer(hide(21));
	sum += statics(hide(3));
	sum += inlined(hide(4));
	sum += blocks(hide(9));
	sum += aggregates(hide(17));
	sum += arithmetic(hide(1000), hide(-33), hide(3));
	preempt_enable();
	use(sum);
	return 0;
}

static const struct kernel_param_ops run_ops = { .set = run_set };
module_param_cb(run, &run_ops, NULL, 0200);
MODULE_PARM_DESC(run, "written to: call all functions");

static int wait_set(const char *text, const struct kernel_param *kp)
{
	use(entry_waits(hide(555)));
	return 0;
}

static const struct kernel_param_ops wait_ops = { .set = wait_set };
module_param_cb(wait, &wait_ops, NULL, 0200);
MODULE_PARM_DESC(wait, "written to: waits for a signal");
MODULE_DESCRIPTION("Known values in variables of every kind of location");
MODULE_LICENSE("GPL");
