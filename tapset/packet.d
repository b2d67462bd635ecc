/* SPDX-License-Identifier: GPL-2.0 */
/* The link types of pcap(): what a packet's first byte belongs to. */
inline int PCAP_NULL = 0;
inline int PCAP_ETHERNET = 1;
inline int PCAP_PPP = 9;
inline int PCAP_RAW = 101;
inline int PCAP_IEEE80211 = 105;
inline int PCAP_SLL = 113;
inline int PCAP_IPV4 = 228;
inline int PCAP_IPV6 = 229;
inline int PCAP_IP = 228;
inline int PCAP_INFINIBAND = 247;
