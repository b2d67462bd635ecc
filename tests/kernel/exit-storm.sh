# exit() while the buffers are full and the reader sleeps: the run ends, with its status, and END runs. @deadline: 120
. ../kernel-lib.sh
for i in 1 2; do dd if=/dev/zero of=/dev/null bs=1 count=1000000000 status=none & storm="$storm $!"; done
"$DTRUN" --name=dtc "$MODULES/exit-storm.ko" >/tmp/storm.out 2>/tmp/storm.err & pid=$!
wait_for grep -q record /tmp/storm.out
kill -STOP $pid
sleep 5
kill -CONT $pid
wait $pid
is "the status is exit()'s" "$?" 7
kill $storm
is "it ends with what exit()'s clause and END print" "$(tail -n 3 /tmp/storm.out)" "the last
the end"
check "what was lost meanwhile is told" grep -q 'dtc: [0-9]* drops on CPU' /tmp/storm.err
check "no module is left" no_modules
