/* pcap() to a file, then without one. */
#pragma D option destructive
#pragma D option quiet
#pragma D option pcapsize=128

int n;
BEGIN { freopen("packets.pcap"); }
fbt::ip_rcv:entry /n < 2/ { pcap(args[0], PCAP_IPV4); }
fbt::ip_rcv:entry { n++; }
fbt::ip_rcv:entry /n == 2/ { freopen(""); }
fbt::ip_rcv:entry /n == 3/ { pcap(args[0], PCAP_IPV4); }
END { pcap((void *)0, PCAP_IPV4); }
