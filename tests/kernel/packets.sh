# pcap(): the file is one of libpcap, with the bytes that were sent; without a file and without tshark the bytes are printed.
. ../kernel-lib.sh
t=$(mktemp -d)
cd "$t" || exit 1
ip link set lo up
cat >send <<'END'
echo first >/dev/udp/127.0.0.1/9; sleep 0.1
dd if=/dev/zero bs=600 count=1 2>/dev/null | tr '\0' x >/dev/udp/127.0.0.1/9; sleep 0.1
true
END
"$DTRUN" --name=dtc -w -c "bash send" "$MODULES/packets.ko" >out 2>err
is "status" $? 0
number() { od -A n -t u4 -j "$1" -N 4 packets.pcap | tr -d ' '; }
is "magic of times in ns" "$(number 0)" $((0xa1b23c4d))
is "bytes of a packet" "$(number 16)" 128
is "link type" "$(number 20)" 228
is "length of the first packet" "$(number 36)" 34
is "what it carries" "$(dd if=packets.pcap bs=1 skip=68 count=5 2>/dev/null)" first
check "the notice" grep -q 'tshark is missing' err
check "the packet as bytes" grep -q '0: 45 ' out
check "what is no packet is a fault" grep -q 'invalid address' err
