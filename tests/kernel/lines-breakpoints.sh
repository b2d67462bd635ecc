# The same module while the kernel uses breakpoints for all kprobes: thread-local variables and user memory work there too.
. "$(dirname "$0")/../kernel-lib.sh"
sysctl -q debug.kprobes-optimization=0
$DTRUN --name=dtc -c 'dd if=/etc/passwd of=/dev/null bs=7 count=3 status=none' "$MODULES/lines.ko" >/tmp/lines.out 2>/tmp/lines.err
is "status" $? 0
check "what it prints" env out=/tmp/lines.out bash lines.check
sysctl -q debug.kprobes-optimization=1
