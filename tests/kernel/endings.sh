# What is printed last: an interrupted run ends the line of ^C, any run ends with an empty line; destructive scripts need -w.
. ../kernel-lib.sh
export t=$(mktemp -d)
run() { "$DTRUN" --name=dtc "$@"; }
"$DTRUN" --name=dtc "$MODULES/forever.ko" >$t/o 2>$t/e & pid=$!
wait_for grep -q tick $t/o
kill -INT $pid; wait $pid
is "status of an interrupted run" $? 0
is "an empty line ends that of ^C, another the run" "$(grep -c '^$' $t/o)" 2
run "$MODULES/hello.ko" >$t/h
is "an empty line ends a run" "$(tail -n 1 $t/h)" ""
is "and nothing else does" "$(wc -l <$t/h)" 2
check "panic() without -w is refused" says 'destructive' run "$MODULES/endings.ko"
check "a destructive script without -w is refused" says 'permit them with -w' run "$MODULES/actions-output.ko"
check "after which no module is left" no_modules
