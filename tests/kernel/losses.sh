# What little room loses is counted to the last one: what came and what was dropped are what was fired. @deadline: 120
. ../kernel-lib.sh
fired=10000
drops() { sed -n "s/^dtc: \([0-9]*\) $1.*/\1/p" /tmp/losses.err | awk '{n += $1} END {print n + 0}'; }
try() # OPTIONS
{
	"$DTRUN" --name=dtc "$@" -c "dd if=/dev/zero of=/dev/null bs=1 count=$fired status=none" "$MODULES/losses.ko" >/tmp/losses.out 2>/tmp/losses.err
	is "$*: the run ends well" "$?" 0
	is "$*: fired" "$(sed -n 's/^fired //p' /tmp/losses.out)" $fired
	is "$*: records and drops" $(($(grep -c '^record$' /tmp/losses.out) + $(drops 'drops on'))) $fired
	is "$*: keys, counts and drops" $(($(grep -c '^key' /tmp/losses.out) + $(sed -n 's/^all //p' /tmp/losses.out) + $(drops 'aggregation drops'))) $((2 * fired))
}
try -x bufsize=4m
is "enough room loses nothing" "$(drops drops; drops aggregation)" "0
0"
try -x bufsize=16k -x switchrate=200ms
try -x bufsize=4m -x aggsize=16k -x aggrate=200ms
try -x bufsize=4m -x dynvarsize=32k
check "elements that found no room are counted" test "$(drops 'dynamic variable drops')" -gt 0
