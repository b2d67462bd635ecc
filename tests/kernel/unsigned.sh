# A kernel that insists on signatures refuses the module with a message that says what to do. @boot: --append module.sig_enforce=1 @only: kernel
. ../kernel-lib.sh
check "an unsigned module where signatures are enforced" says 'signature\|signed' "$DTRUN" --name=dtc "$MODULES/hello.ko"
check "no raw message of the kernel is the answer" sh -c '! grep -q "Key was rejected by service" "$1"' sh /tmp/says.$$.err
echo 1 >/proc/sys/kernel/modules_disabled
check "a kernel that loads no modules any more" says 'modules_disabled\|no modules' "$DTRUN" --name=dtc "$MODULES/hello.ko"
