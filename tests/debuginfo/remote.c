// SPDX-License-Identifier: GPL-2.0
/*
 * The machine as gdb's remote protocol has one: registers, of which `monitor
 * ADDRESS` sets the program counter, and memory that can be read everywhere.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "machine.h"

/* gdb's order of the sixteen: rax rbx rcx rdx rsi rdi rbp rsp r8... */
static const u8 dwarf_numbers[16] = { 0, 3, 2, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 };
static u64 pc = 0xffffffff81000000ull;

static void send_packet(const char *data)
{
	u8 sum = 0;

	for (const char *p = data; *p; p++)
		sum += *p;
	printf("$%s#%02x", data, sum);
	fflush(stdout);
}

static size_t put_bytes(char *out, u64 v, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		sprintf(out + 2 * i, "%02x", (unsigned)(v >> 8 * i & 0xff));
	return 2 * n;
}

static void send_registers(void)
{
	char out[1024];
	size_t n = 0;

	for (unsigned i = 0; i < 16; i++)
		n += put_bytes(out + n, machine_register(dwarf_numbers[i]), 8);
	n += put_bytes(out + n, pc, 8);
	for (unsigned i = 0; i < 7; i++)	/* flags and segments */
		n += put_bytes(out + n, 0, 4);
	send_packet(out);
}

static void send_memory(const char *args)
{
	static char out[8192];
	u64 addr = 0, size = 0;
	size_t n = 0;

	sscanf(args, "%lx,%lx", &addr, &size);
	for (u64 i = 0; i < size && n + 2 < sizeof(out); i++)
		n += put_bytes(out + n, machine_byte(addr + i), 1);
	out[n] = '\0';
	send_packet(out);
}

/* The text of a `monitor` command, in hexadecimal: the program counter. */
static u64 get_text_number(const char *hex)
{
	char text[32];
	unsigned c, n = 0;

	while (n + 1 < sizeof(text) && sscanf(hex + 2 * n, "%2x", &c) == 1)
		text[n++] = c;
	text[n] = '\0';
	return strtoull(text, NULL, 0);
}

static void answer(const char *p)
{
	if (*p == '?') {
		send_packet("S05");
	} else if (*p == 'g') {
		send_registers();
	} else if (*p == 'm') {
		send_memory(p + 1);
	} else if (!strncmp(p, "qRcmd,", 6)) {
		pc = get_text_number(p + 6);
		send_packet("OK");
	} else if (*p == 'H') {
		send_packet("OK");
	} else {
		send_packet("");
	}
}

int remote_serve(void)
{
	static char packet[65536];
	size_t n = 0;
	int c;

	while ((c = getchar()) != EOF) {
		if (c != '$')
			continue;
		for (n = 0; (c = getchar()) != EOF && c != '#' && n + 1 < sizeof(packet);)
			packet[n++] = c;
		packet[n] = '\0';
		getchar();
		getchar();
		putchar('+');
		if (*packet == 'k')
			break;
		answer(packet);
	}
	return 0;
}
