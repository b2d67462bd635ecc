# What a user can name that is not what dtc needs, and surroundings that lack something. Runs on the host, with DTC, RELEASE and ROOT set.
. "$(dirname "$0")/../kernel-lib.sh"
t=$(mktemp -d)
trap 'rm -rf "$t"; rm -f /tmp/check.$$.out /tmp/says.$$.out /tmp/says.$$.err' EXIT
cd "$t" || exit 1
dtc() { "$DTC" -r "$RELEASE" --kernel-root="$ROOT" "$@"; }
new() { echo "BEGIN { trace($$$(date +%N)); }"; }	# a script in no cache
quick() { timeout 10 "$DTC" -r "$RELEASE" --kernel-root="$ROOT" "$@"; }

# scripts
: >empty.d
mkfifo fifo
echo 'BEGIN { exit(0); }' >ok.d
head -c 5000 /dev/zero | tr '\0' '\377' >bytes.d
check "an empty script" says 'the program is empty' dtc -e -s empty.d
check "a script without a name" says "failed to open '': No such file" dtc -e -s ''
check "a file as a folder" says 'Not a directory' dtc -e -s ok.d/x
check "a device without an end" says 'too large' dtc -e -s /dev/zero
check "bytes for a script" says 'failed to compile script bytes.d' dtc -e -s bytes.d
check "a script by a FIFO" eval 'timeout 10 sh -c "cat ok.d >fifo" & quick -e -s fifo'
for name in 'a blank' "a'quote" 'a"quote' '-dash' 'a%s'; do
	cp -- ok.d "$name"
	check "a script named $name" dtc -e -s "$name"
done
cp ok.d $'a\nline'
check "a script with a newline in its name" dtc -e -s $'a\nline'
echo 'BEGIN { trace(nosuch); }' >$'b\nline'
check "its newline is not printed" says 'compile script b.line: line 1' dtc -e -s $'b\nline'
check "a character that is not ASCII is one error" eval '! dtc -e -n "BEGIN { trace(é); }" 2>err; [ "$(grep -c "unexpected character .é." err)" = 1 ]'

# other files
check "--vmlinux: a FIFO is not waited for" says 'debug information' quick --vmlinux=fifo -e -n 'line::fs/read_write.c:456 { }'
check "--vmlinux: a folder" says 'debug information' dtc --vmlinux="$t" -e -n 'line::fs/read_write.c:456 { }'
check "--vmlinux: bytes" says 'debug information' dtc --vmlinux=bytes.d -e -n 'line::fs/read_write.c:456 { }'
check "-L: a folder that is not there" eval 'dtc -L /nonexistent -e ok.d 2>&1 | grep -q "cannot read the libraries in /nonexistent"'
check "cpppath: not there" says "'/nonexistent' is not there" dtc -C -x cpppath=/nonexistent -e ok.d
check "cpppath: a folder" says "'$t' cannot be run" dtc -C -x cpppath="$t" -e ok.d
check "-D: not a name, with the reason" says 'macro names must be identifiers' dtc -C -D 1 -e ok.d
check "-f: no name of another provider is suggested" eval '! dtc -e -f nosuch_at_all 2>err; ! grep -q "did you mean" err'

# the cache
check "a cache whose name make cannot take" says "make cannot work in the cache's folder" env DTC_CACHE="$t/with a blank" "$DTC" -r "$RELEASE" --kernel-root="$ROOT" --stop-after=build -n "$(new)"
check "a cache that is a file" says 'Not a directory' env DTC_CACHE="$t/ok.d" "$DTC" -r "$RELEASE" --kernel-root="$ROOT" --stop-after=build -n "$(new)"
check "without a cache an index is still made" env DTC_CACHE=/proc/none "$DTC" -r "$RELEASE" --kernel-root="$ROOT" -e -n 'fbt::vfs_read:entry { }'
check "without HOME" env -u HOME -u XDG_CACHE_HOME -u DTC_CACHE "$DTC" -r "$RELEASE" --kernel-root="$ROOT" -e -n 'fbt::vfs_read:entry { }'
check "a home that is not there stays so" eval 'HOME=$t/nohome XDG_CACHE_HOME= DTC_CACHE= dtc -e -n "fbt::vfs_read:entry { }"; [ ! -e "$t/nohome" ]'
check "a cache by a relative name" eval 'DTC_CACHE=here dtc -e -n "fbt::vfs_read:entry { }" && [ -d here/index ]'

# output
check "a full disk for the output" says 'cannot write to standard output: No space' eval 'dtc -l -n "syscall:::" >/dev/full'
check "no standard output" says 'cannot write to standard output' eval 'dtc -l -n "syscall:::" >&-'
check "no standard error" eval '! dtc -e -n "BEGIN { trace(nosuch); }" 2>&-'
check "no standard files at all: nothing is written into what is opened" eval 'DTC_CACHE=$t/none dtc -e -n "fbt::vfs_reed:entry { nosuch(); }" <&- >&- 2>&-; ! grep -rlq nosuch "$t/none"'
check "a module where one may not write" says 'Is a directory\|cannot write' eval 'mkdir -p here.ko; dtc -m here ok.d'
check "a locale that is not there" env LC_ALL=xx_YY.UTF-8 "$DTC" -r "$RELEASE" --kernel-root="$ROOT" -e ok.d
