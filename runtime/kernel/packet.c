// SPDX-License-Identifier: GPL-2.0
/* pcap(): the bytes of a packet of the network stack, by loads that may fail. */
#include <linux/mm.h>
#include <linux/skbuff.h>
#include <linux/timekeeping.h>
#include "runtime.h"

#define FIELD(address, type, field) dtc_peek((address) + offsetof(struct type, field))

/* A fragment is { page, length, offset }, 16 bytes, whatever its type is called. A page that is not memory has a flag in its address. */
static u32 fragment_copy(char *dst, u64 frag, u32 room)
{
	struct { u64 page; u32 len, offset; } f;

	if (dtc_rt_load_bytes(&f, frag, sizeof(f)) || f.page & 1)
		return 0;
	f.len = min(f.len, room);
	return dtc_rt_load_bytes(dst, (unsigned long)page_to_virt((struct page *)(unsigned long)f.page) + f.offset, f.len) ? 0 : f.len;
}

/* What does not lie in the head follows in fragments; a list of further packets is left out. */
dtc_u32 dtc_rt_packet(void *to, dtc_u64 skb, dtc_u32 size)
{
	struct dtc_packet *p = to;
	char *data = to + sizeof(*p);
	const u64 start = FIELD(skb, sk_buff, data), head = FIELD(skb, sk_buff, head);
	u32 lengths[2], end, at, i, n;
	u8 count = 0;

	BUILD_BUG_ON(offsetof(struct sk_buff, data_len) != offsetof(struct sk_buff, len) + 4);
	BUILD_BUG_ON(sizeof(skb_frag_t) != 16);
	if (dtc_rt_load_bytes(lengths, skb + offsetof(struct sk_buff, len), sizeof(lengths)) ||
	    dtc_rt_load_bytes(&end, skb + offsetof(struct sk_buff, end), sizeof(end)) || lengths[1] > lengths[0])
		return 1;
	at = min(lengths[0] - lengths[1], size);
	if (dtc_rt_load_bytes(data, start, at))
		return 1;
	if (lengths[1] && dtc_rt_load_bytes(&count, head + end + offsetof(struct skb_shared_info, nr_frags), 1))
		return 1;
	for (i = 0; i < count && i < MAX_SKB_FRAGS && at < size; i++) {
		n = fragment_copy(data + at, head + end + offsetof(struct skb_shared_info, frags) + i * sizeof(skb_frag_t), size - at);
		if (!n)
			break;
		at += n;
	}
	memset(data + at, 0, size - at);
	*p = (struct dtc_packet){ .time = ktime_get_real_fast_ns(), .captured = at, .length = lengths[0] };
	return 0;
}
