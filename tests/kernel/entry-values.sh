# Variables that are known by what the function was called with alone: of recursive calls each its own, through jumps, and of
# calls that are older than the probes none. @prepare: kmod/entries @only: kernel
insmod "$MODULES/dtc_locals.ko" || exit 1
run() { "$DTRUN" --name=dtc -w -c "$1" "$MODULES/entries.ko" >/tmp/entries.out 2>/tmp/entries.err || { echo "not ok entries - status $?"; cat /tmp/entries.err >&2; }; }

run 'sh -c "echo 1 >/sys/module/dtc_locals/parameters/run"'
sums=$(sort -n /tmp/entries.out | awk '$1 == "entry_recursive" { print $2 }' | tr '\n' ' ')
places=${sums#* }
[ "${sums%% *}" = 0 ] && [ "${places% }" -ge 28 ] && echo "ok each recursive call has its own parameters" ||
	echo "not ok each recursive call has its own parameters - $sums"
given=$(grep -c '^entry_jumped given=77$' /tmp/entries.out)
origin=$(grep -c '^entry_jumps origin=76$' /tmp/entries.out)
[ "$given" -ge 4 ] && [ "$origin" -ge 3 ] && ! grep '^entry_jump' /tmp/entries.out | grep -v 'given=77$\|origin=76$' >&2 &&
	echo "ok a function that another one jumps to has its own" || echo "not ok a function that another one jumps to has its own - $given, $origin"

sh -c 'echo 1 >/sys/module/dtc_locals/parameters/wait' 2>/dev/null &
for _ in 1 2 3 4 5 6 7 8 9 10; do
	grep -q entry_waits "/proc/$!/stack" && break
	sleep 0.2
done
run "kill -TERM $!"
wait
grep -q '^entry_waits ticket=<not captured>$' /tmp/entries.out && ! grep -q '^ticket' /tmp/entries.out &&
	grep -q "value not captured at the function's entry in action #1" /tmp/entries.err && echo "ok a call from before the probes has none, and says so" ||
	{ cat /tmp/entries.out /tmp/entries.err >&2; echo "not ok a call from before the probes has none, and says so"; }
rmmod dtc_locals
"$DTRUN" --inspect "$MODULES/entries.ko" >/tmp/entries.inspect
grep -q '^arguments kept of the calls of [0-9]* functions:$' /tmp/entries.inspect && grep -q '^  *dtc_locals:entry_recursive$' /tmp/entries.inspect &&
	echo "ok dtrun --inspect lists the functions that are hooked for it" || { cat /tmp/entries.inspect >&2; echo "not ok dtrun --inspect lists the functions that are hooked for it"; }
