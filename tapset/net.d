/* SPDX-License-Identifier: GPL-2.0 */
/* Families and hardware types of addresses, for inet_ntop() and link_ntop(). */
inline int AF_INET = 2;
inline int AF_INET6 = 10;
inline int ARPHRD_ETHER = 1;
inline int ARPHRD_INFINIBAND = 32;
