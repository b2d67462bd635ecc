# How runs end: signals, kill -9 of each process, two at once, a hundred in turn. @deadline: 400
. ../kernel-lib.sh
export t=$(mktemp -d)

start() # OUTPUT: starts forever.ko, waits for its first tick; sets pid
{
	"$DTRUN" --name=dtc "$MODULES/forever.ko" >"$1" 2>"$1.err" &
	pid=$!
	wait_for grep -q tick "$1"
}

for sig in INT TERM; do
	start $t/o
	kill -$sig $pid
	wait $pid
	is "SIG$sig ends the run with status 0" "$?" 0
	check "SIG$sig runs END and prints what is left" sh -c 'grep -q "the end" $t/o && grep -q "^  clock_nanosleep\|^  [a-z_0-9]* *[0-9]" $t/o'
	check "SIG$sig leaves no module" no_modules
done

start $t/o
kill -9 $pid
wait $pid 2>/dev/null
check "kill -9 of the reader leaves no module" wait_for no_modules
check "kill -9 of the reader leaves no file" sh -c '! ls -d /proc/dtc_* 2>/dev/null'

start $t/o
for p in $(pgrep -P $pid) $(pgrep -f 'forever.ko'); do [ "$p" = $pid ] || kill -9 "$p" 2>/dev/null; done
kill -INT $pid
wait $pid
check "kill -9 of the guardian leaves no module" wait_for no_modules

start $t/o
pkill -9 -f forever.ko
wait 2>/dev/null
sleep 0.3
"$DTRUN" --name=dtc "$MODULES/hello.ko" >$t/h 2>&1
is "kill -9 of all: the next run works" "$(cat $t/h)" "hello, kernel"
check "kill -9 of all: the next run unloads what was left" no_modules

start $t/o1; first=$pid
start $t/o2; second=$pid
is "two runs are two modules" "$(grep -c '^dtc_' /proc/modules)" 2
"$DTRUN" --name=dtc "$MODULES/hello.ko" >$t/h 2>&1
is "a third beside them leaves them alone" "$(grep -c '^dtc_' /proc/modules)" 2
kill -INT $first; wait $first
wait_for sh -c 'test $(grep -c tick $t/o2) -gt 3'
check "one ends, the other goes on" kill -0 $second
kill -INT $second; wait $second
check "both are gone" no_modules

run_many() { i=0; while [ $i -lt "$1" ]; do "$DTRUN" --name=dtc "$MODULES/hello.ko" || return 1; i=$((i + 1)); done >$t/many; }
# kB that the kernel holds for itself, of what modules take: free memory alone goes up and down by megabytes
memory() { sync; echo 3 >/proc/sys/vm/drop_caches; sleep 0.5; awk '/^(SUnreclaim|VmallocUsed|Percpu):/ {n += $2} END {print n}' /proc/meminfo; }
run_many 10
before=$(memory)
run_many 100
is "a hundred runs print a hundred times" "$(grep -c hello $t/many)" 100
after=$(memory)
check "a hundred runs leave no memory behind ($before kB, $after kB)" test $((after - before)) -lt 500
check "a hundred runs leave no module and no file" sh -c '! grep -q ^dtc_ /proc/modules && ! ls -d /proc/dtc_* 2>/dev/null'
