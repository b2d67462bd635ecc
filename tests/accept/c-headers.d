/* @options: -C */
/* Headers of the C library and the kernel, with what D has no words for. */
#include "include/gnu.h"	/* first, for the C library defines attributes away */
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/user.h>
#include <time.h>
#include <linux/if_ether.h>
#include <linux/tcp.h>

/* the layouts are the compiler's */
int packed_size[sizeof(struct packed) == 11 ? 1 : -1];
int packed_length[offsetof(struct packed, length) == 1 ? 1 : -1];
int plain_length[offsetof(plain_t, length) == 8 ? 1 : -1];
int plain_size[sizeof(plain_t) == 32 ? 1 : -1];

struct packed p;

BEGIN
{
	p.length = EPOLLET == 0x80000000 && HIGHEST == 0x80000000 && WIDER == 1ull << 40;
	printf("%d %d %d %d", sizeof(struct sockaddr_in), ETH_P_IP, EAGAIN, SIGTERM);
	exit(0);
}
