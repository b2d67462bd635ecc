# dtrun is killed or stopped in each state of a run: nothing hangs, no module stays. @deadline: 400
# @prepare: preload/prepare @only: kernel
. ../kernel-lib.sh
export o=/tmp/states.out
ko=$MODULES/states.ko
start() # AT SIGNAL
{
	AT=$1 SIG=$2 LD_PRELOAD=$MODULES/at-state.so "$DTRUN" --name=dtc "$ko" >$o 2>$o.err & pid=$!
}
is_stopped() { grep -q '^State:.T' /proc/$pid/status; }
all_gone() { no_modules && ! pgrep -f guardian >/dev/null && ! pgrep -f states.ko >/dev/null; }

for at in before-load after-load before-config after-config before-attach after-attach before-go after-go before-sync after-sync \
	  before-halt after-halt before-stop after-stop before-unload after-unload; do
	start $at 9
	wait $pid 2>/dev/null
	is "$at: kill -9 came" $? 137
	check "$at: kill -9 leaves nothing" wait_for all_gone

	start $at 19
	check "$at: it stops" wait_for is_stopped
	kill -9 $pid
	wait $pid 2>/dev/null
	check "$at: kill -9 of the stopped one leaves nothing" wait_for all_gone

	start $at 19
	wait_for is_stopped
	sleep 0.3
	kill -CONT $pid
	wait $pid
	is "$at: it goes on, status" $? 0
	is "$at: END was printed" "$(grep -c 'the end' $o)" 1
	check "$at: nothing is left after it" all_gone
done

# nobody reads what it prints, so it waits in write()
mkfifo /tmp/states.fifo
sleep 1000 <>/tmp/states.fifo & holder=$!
"$DTRUN" --name=dtc -x switchrate=50ms "$ko" >/tmp/states.fifo 2>/dev/null & pid=$!
check "printing: it waits for its reader" wait_for grep -q pipe_write /proc/$pid/stack
kill -9 $pid
wait $pid 2>/dev/null
check "printing: kill -9 leaves nothing" wait_for all_gone
"$DTRUN" --name=dtc -x switchrate=50ms "$ko" >/tmp/states.fifo 2>$o.err & pid=$!
wait_for grep -q pipe_write /proc/$pid/stack
kill $holder
wait $pid
is "printing: the reader's end is told" "$? $(grep -c 'Broken pipe' $o.err)" "1 1"
check "printing: and leaves nothing" wait_for all_gone
"$DTRUN" --name=dtc "$ko" >&- 2>$o.err
is "a closed standard output is told" "$? $(grep -c 'cannot write' $o.err)" "1 1"
check "and leaves nothing" wait_for all_gone
"$DTRUN" --name=dtc "$ko" >/dev/full 2>$o.err
is "a full disk is told" "$? $(grep -c 'No space left' $o.err)" "1 1"
check "and leaves nothing either" wait_for all_gone
"$DTRUN" --name=dtc "$MODULES/hello.ko" >$o 2>&1
is "the next run works" "$(head -n 1 $o)" "hello, kernel"
