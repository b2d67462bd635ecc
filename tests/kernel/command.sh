# The command line where it runs: arguments of modules made by -m, options at load, -c, -p, -o, statuses. @deadline: 240
. ../kernel-lib.sh
t=$(mktemp -d)
cd "$t" || exit 1
dtc=("$DTC" -r "$RELEASE" --kernel-root="$ROOT")
run() { "$DTRUN" --name=dtc "$@"; }
# gives NAME WANTED COMMAND...: its output
gives() { local name=$1 want=$2; shift 2; is "$name" "$("$@" 2>&1)" "$want"; }
status() { "$@" >out 2>err; echo $?; }

# --- $1.. at load ---
"${dtc[@]}" -m params -n '#pragma D option quiet
BEGIN { printf("%d %s %d\n", $1, $$2, $3 + 1); exit(0); }'
gives "arguments at load" "5 two words 8" run params.ko 5 "two words" 7
gives "arguments at load: negative, hexadecimal" "-5 0x10 17" run params.ko -- -5 0x10 0x10
gives "arguments at load: large" "-1 x 1" run params.ko 18446744073709551615 x 0
gives "arguments at load: too few" "dtc: the script takes 3 arguments (\$1 ...), but 2 were given" run params.ko 1 2
gives "arguments at load: too many" "dtc: extraneous argument '4' (\$4 is not referenced)" run params.ko 1 2 3 4
gives "arguments at load: no number" "dtc: argument 3 is 'x', but the script uses \$3 as a number" run params.ko 1 2 x
gives "arguments at load: too large a number" "dtc: argument 1 is '99999999999999999999', but the script uses \$1 as a number" run params.ko 99999999999999999999 2 3
"${dtc[@]}" -m defaults -q -x defaultargs -x argref -n 'BEGIN { printf("%d [%s]\n", $1, $$2); exit($1); }'
gives "arguments at load: defaultargs" "0 []" run defaults.ko
gives "arguments at load: argref" "0 [x]" run defaults.ko 0 x y z
is "exit() by an argument" "$(status run defaults.ko 42)" 42

# --- options at load ---
"${dtc[@]}" -m shown -n 'BEGIN { trace(1); } BEGIN { exit(0); }'
gives "a module without options: the columns" "CPU ID FUNCTION:NAME 1 :BEGIN 1 1 :BEGIN" sh -c "'$DTRUN' --name=dtc shown.ko 2>/dev/null | sed 's/^ *[0-9] / /' | xargs"
gives "arguments that no script takes" "dtc: extraneous argument 'x' (\$1 is not referenced)" run shown.ko x
gives "-q at load" "1" run -q shown.ko
gives "-x quiet at load" "1" run shown.ko -x quiet
run -F shown.ko >out 2>&1
check "-F at load" grep -q '| :BEGIN' out
gives "-b -q at load" "1" run -qb 64k shown.ko
check "-b of a bad size" says "it takes a size from 1 to" run -b 1x shown.ko
is "-b of a bad size: the first line" "$(run -b 1x shown.ko 2>&1 | head -n 1)" "dtc: failed to set -x bufsize: Invalid value for specified option"
check "-x of compile time" says "failed to set -x strsize: it is set when the script is compiled" run -x strsize=10 shown.ko
check "-x out of range" says "failed to set -x switchrate: Invalid value for specified option" run -x switchrate=0s shown.ko
is "-Y at load" "$(status run -Y shown.ko)" 2
run -q -o file shown.ko && run -q -o file shown.ko
run -x bufsize=900m shown.ko >out 2>err
check "a buffer for which memory lacks is smaller, and that is said" grep -q '^dtc: buffer size lowered to [0-9.]*m$' err
run -x bufsize=900m -x quietresize shown.ko >out 2>err
is "quietresize" "$(cat err)" "dtc: description 'BEGIN ' matched 2 probes"
is "-o appends" "$(tr '\n' ' ' <file)" "1 1 "

# --- -c, -p ---
"${dtc[@]}" -m targets -n 'syscall::exit_group:entry { @[pid == $target ? "target" : execname] = count(); } END { printf("%s %d\n", $$target, $target); }'
is "-c: quotes and arguments" "$(run -q -c "sh -c 'echo \"a  b\" \$0 \$1 >words' \"c d\" e\\ f" targets.ko >/dev/null 2>&1; cat words)" "a  b c d e f"
run -c 'sleep 0.2' -c 'sleep 0.6' targets.ko >out 2>err
is "two -c: ends with the last" "$(grep -c 'pid [0-9]* has exited' err)" 2
is "two -c: the first is \$target" "$(grep -c ' target ' out)" 1
sleep 3 & first=$!
sleep 1 & second=$!
run -p $second -p $first targets.ko >out 2>err
is "two -p" "$(sed -n 's/.*pid \([0-9]*\) has exited/\1/p' err | xargs)" "$second $first"
is "two -p: \$\$target is the first" "$(sed -n "s/.* \($second $second\)$/\1/p" out)" "$second $second"
check "-p of no process" says 'failed to grab pid 999999: No such process' run -p 999999 targets.ko
check "-c of no program" says 'failed to execute nosuch-program: No such file or directory' run -c nosuch-program targets.ko
check "-c of an open quote" says "cannot take the command" run -c "sh -c 'x" targets.ko
"$DTRUN" --name=dtc -q targets.ko >out 2>&1 &
pid=$!
wait_for grep -q '^dtc_' /proc/modules
sleep 1
kill -INT $pid
wait $pid
(trap '' HUP; exec "$DTRUN" --name=dtc -q targets.ko) >hup 2>&1 &
hup=$!
wait_for grep -q '^dtc_' /proc/modules
sleep 1
kill -HUP $hup
sleep 2
check "a hangup that is ignored does not end the run" kill -INT $hup
wait $hup
is "no -c, no -p: \$target is 0" "$(grep -x "0 0" out)" "0 0"

# --- the whole of it ---
cat >script.d <<END
#!/usr/bin/env -S $DTC -r $RELEASE --kernel-root=$ROOT -qs
BEGIN { printf("%d %s %s\n", \$1, \$\$2, \$\$0); exit(\$1); }
END
chmod +x script.d
gives "a script that is executed" "3 x ./script.d" ./script.d 3 x
is "its status" "$(status ./script.d 3 x)" 3
is "an error's status" "$(status ./script.d)" 1
gives "several scripts and descriptions" "1 2 3" sh -c "'$DTC' -r '$RELEASE' --kernel-root='$ROOT' -q -n 'BEGIN { printf(\"1 \"); }' -s /dev/stdin -n 'BEGIN { printf(\"3\\n\"); exit(0); }' <<'X'
BEGIN { printf(\"2 \"); }
X"
"${dtc[@]}" -n 'BEGIN { exit(0); }' >out 2>err
is "the message of a description" "$(cat err)" "dtc: description 'BEGIN ' matched 1 probe"
"${dtc[@]}" -n '
BEGIN /1/ { exit(0); }' >out 2>err
is "the message of a description with lines" "$(cat err)" "dtc: description '
BEGIN ' matched 1 probe"
is "options after arguments" "$("${dtc[@]}" -n 'BEGIN { printf("%d\n", $1); exit($2); }' 5 -q 7 2>&1; echo $?)" "5

7"
is "-Z without probes runs until it is told to end" "$(timeout -s INT 3 "${dtc[@]}" -Z -n nosuch 2>&1; echo $?)" "dtc: description 'nosuch' matched 0 probes


124"
printf 'BEGIN, END { exit(0); }\n' >two.d
"${dtc[@]}" -s two.d >out 2>err
is "the message of a script" "$(cat err)" "dtc: script 'two.d' matched 2 probes"
rm -rf "$t"
