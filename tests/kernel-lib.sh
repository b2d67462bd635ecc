# For the .sh cases: each thing tried prints "ok NAME" or "not ok NAME - why".
is() { if [ "$2" = "$3" ]; then echo "ok $1"; else echo "not ok $1 - got '$2', expected '$3'"; fi; }
check() { local name=$1; shift; if "$@" >/tmp/check.$$.out 2>&1; then echo "ok $name"; else echo "not ok $name - $* ($(head -c 300 /tmp/check.$$.out | tr '\n' ' '))"; fi; }
# wait_for COMMAND: until it succeeds, 20 s at most
wait_for() { local i; for i in $(seq 200); do "$@" >/dev/null 2>&1 && return 0; sleep 0.1; done; return 1; }
no_modules() { ! grep -q '^dtc_' /proc/modules; }
# says TEXT COMMAND...: the command fails with status 1 and its stderr has TEXT
says() { local text=$1; shift; "$@" >/tmp/says.$$.out 2>/tmp/says.$$.err; [ $? = 1 ] && grep -q -- "$text" /tmp/says.$$.err || { cat /tmp/says.$$.err; return 1; }; }
