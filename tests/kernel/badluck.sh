# Bad input and bad luck at run time, each with its message.
. ../kernel-lib.sh
cd "$(mktemp -d)" || exit 1
chmod 755 .
run() { "$DTRUN" --name=dtc "$@"; }
ko=$MODULES/hello.ko

head -c $(($(stat -c %s "$ko") / 2)) "$ko" >cut.ko
check "a truncated module" says 'damaged\|not a module' run cut.ko
: >empty.ko
check "an empty file" says 'not a module\|empty' run empty.ko
echo "just text, no ELF at all" >text.ko
check "a text file" says 'not a module' run text.ko
check "a module that is not ours" says 'not made by dtc' run "$(find "$ROOT/lib/modules/$RELEASE" -name 'dummy.ko*' | head -n 1)"
check "a file that is not there" says 'No such file' run missing.ko
sed "s/$RELEASE/6.0.0-99-other/g" "$ko" >other.ko
check "a module built for another kernel" says '6\.0\.0' run other.ko
check "a buffer too large for memory" says 'bufsize' run -x bufresize=manual -x bufsize=900m "$ko"
check "an option's bad value" says 'bufsize' run -x bufsize=banana "$ko"
check "an unknown option" says 'bufsiz' run -x bufsiz=1m "$ko"
check "a full disk" says 'No space left' run -o /dev/full "$MODULES/integers.ko"
run "$MODULES/forever.ko" 2>pipe.err | head -n 1 >/dev/null
check "a closed pipe ends the run" wait_for sh -c '! grep -q ^dtc_ /proc/modules'
check "a command that does not exist" says 'no-such-command' run -c no-such-command "$ko"
check "a process that does not exist" says '999999' run -p 999999 "$ko"
if command -v setpriv >/dev/null; then
	cp "$ko" free.ko; chmod a+r free.ko
	check "no privilege" says 'root\|CAP_SYS_MODULE' setpriv --bounding-set -all --inh-caps -all --reuid 65534 --clear-groups "$DTRUN" --name=dtc $PWD/free.ko
fi
check "no module is left" no_modules
"$DTRUN" --inspect "$MODULES/records.ko" >inspect.out 2>&1
check "--inspect shows script, probes and kernel" sh -c "grep -q 'vfs_read' inspect.out && grep -q '$RELEASE' inspect.out && grep -q 'execname == \"dd\"' inspect.out"
