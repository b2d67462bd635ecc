# CPUs that come online during a run are traced, ticks move, a run on one CPU ends when that goes. @deadline: 240
. ../kernel-lib.sh
export o=/tmp/cpus.out
online() { echo $2 >/sys/devices/system/cpu/cpu$1/online; }
start() # OPTIONS
{
	: >$o
	"$DTRUN" --name=dtc -x switchrate=50ms "$@" "$MODULES/cpus-change.ko" >$o 2>$o.err & pid=$!
	wait_for grep -q tick $o
}
finish() { kill -INT $pid; wait $pid; }
lines() { grep -c "^$1" $o; }
more() { local n; n=$(lines "$1"); for i in $(seq 100); do [ $(lines "$1") -gt $((n + 3)) ] && return; sleep 0.1; done; return 1; }

online 1 0
start
online 1 1
taskset -c 1 dd if=/dev/zero of=/dev/null bs=1 count=1000 status=none
check "a CPU that comes online gets its profile probes" more 'profile 1'
finish
is "a CPU that comes online is traced: records" "$(lines 'read 1')" 1000
is "a CPU that comes online is traced: aggregations" "$(sed -n 's/^reads 1 //p' $o)" 1000
is "each firing is printed or aggregated alike" "$(sed -n 's/^profiles 1 //p' $o)" "$(lines 'profile 1')"
is "nothing is said of it" "$(cat $o.err)" ""

start
for i in 1 2 3; do
	online 1 0
	check "ticks go on without CPU 1 ($i)" more tick
	check "CPU 0 has its profile probes ($i)" more 'profile 0'
	online 1 1
	taskset -c 1 dd if=/dev/zero of=/dev/null bs=1 count=100 status=none
	check "CPU 1 has them again ($i)" more 'profile 1'
done
finish
is "a CPU that comes back is traced" "$(lines 'read 1')" 300

taskset -c 1 sleep 0
"$DTRUN" --name=dtc --help >/dev/null 2>&1
: >$o
taskset -c 1 "$DTRUN" --name=dtc -x switchrate=50ms "$MODULES/cpus-change.ko" >$o 2>$o.err & pid=$!
check "a tick begins on the CPU of dtrun" wait_for grep -q 'tick 1' $o
online 1 0
check "it moves when that goes offline" more 'tick 0'
online 1 1
finish
is "nothing else is told" "$(cat $o.err)" ""

start -x cpu=1
is "option cpu: all is on that CPU" "$(grep -c '^[a-z]* 0' $o)" 0
online 1 0
wait $pid
is "option cpu: the run ends when the CPU goes, with status" $? 1
is "and says so" "$(cat $o.err)" "dtc: CPU 1, the only one that was traced, went offline: tracing was stopped"
check "END runs" grep -q 'the end' $o
check "a CPU that is offline cannot be asked for" says 'CPU 1 is not online' "$DTRUN" --name=dtc -x cpu=1 "$MODULES/cpus-change.ko"
online 1 1

while :; do online 1 0; online 1 1; done 2>/dev/null & loop=$!
for i in $(seq 12); do
	"$DTRUN" --name=dtc -c 'sleep 0.3' "$MODULES/cpus-change.ko" >$o 2>$o.err || break
done
is "runs begin and end while CPUs come and go" "$? $(tail -n 1 $o | grep -c .)" "0 0"
start
sleep 3
finish
check "a run goes through it" grep -q 'the end' $o
kill $loop
wait $loop 2>/dev/null
online 1 1 2>/dev/null
check "no module is left" no_modules
