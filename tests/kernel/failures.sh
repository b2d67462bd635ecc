# Whatever it is that the kernel does not give: a message or a run all the same, and nothing is left. @deadline: 400
# @prepare: kmod/fail/prepare @only: kernel
. ../kernel-lib.sh
p=/sys/module/failing/parameters
insmod "$MODULES/failing.ko" || exit 1
dmesg -C
refused=0 n=0
while :; do
	n=$((n + 1))
	echo 0 >$p/seen
	echo $n >$p/nth
	"$DTRUN" --name=dtc -x bufsize=64k -x aggsize=64k -x bufresize=manual "$MODULES/failures.ko" >/tmp/f.out 2>/tmp/f.err
	status=$?
	echo 0 >$p/nth
	[ $(cat $p/seen) -ge $n ] && [ $n -lt 1000 ] || break
	if [ $status = 1 ]; then
		refused=$((refused + 1))
		grep -q '^dtc: [^ ]* .* ' /tmp/f.err || echo "not ok failure $n has a message - $(cat /tmp/f.err)"
	elif [ $status != 0 ] || ! grep -q 'the end' /tmp/f.out; then
		echo "not ok failure $n ends the run well or tells why - status $status: $(cat /tmp/f.err)"
	fi
	no_modules || echo "not ok failure $n leaves no module - $(cat /tmp/f.err)"
	sort /tmp/f.err >>/tmp/f.all
done
check "without a failure it runs" grep -q 'the end' /tmp/f.out
check "there is much that can fail ($n calls, $refused runs refused)" test $refused -gt 20
sort /tmp/f.all | uniq -c | sort -rn | head -20 >&2
rmmod failing
is "the kernel's log" "$(dmesg | grep -c 'WARN\|BUG\|Oops\|Call Trace')" 0
