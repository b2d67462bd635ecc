# What is missing on the machine that compiles, each with its message. Runs on the host, with DTC, RELEASE and ROOT set.
. "$(dirname "$0")/../kernel-lib.sh"
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
script="BEGIN { trace($$$(date +%s)); exit(0); }"	# in no cache
build() { "$DTC" --kernel-root="$ROOT" -r "$RELEASE" --stop-after=build -n "$script" "$@"; }

check "nothing missing" "$DTC" --kernel-root="$ROOT" -r "$RELEASE" --stop-after=build -n 'BEGIN { exit(0); }'
check "headers missing: the package is named" says 'linux-headers-9\.9\.9' "$DTC" -r 9.9.9 --stop-after=build -n "$script"
printf 'syscall::%s:entry { trace(1); }\n' read write close >"$t/three.d"
"$DTC" -r 9.9.9 -e -s "$t/three.d" 2>"$t/err"
is "kernel missing: said once, and no probe is blamed" "$(grep -c '^dtc: ' "$t/err") $(grep -c 'kernel 9\.9\.9 is not installed' "$t/err")" "1 1"
mkdir -p "$t/lib/modules/$RELEASE"
check "headers missing beside the kernel" says "linux-headers-$RELEASE" "$DTC" --kernel-root="$t" -r "$RELEASE" --stop-after=build -n "$script"
check "compiler missing: the package is named" says 'apt-get install gcc' env PATH=/nonexistent "$DTC" --kernel-root="$ROOT" -r "$RELEASE" --stop-after=build -n "$script"
check "a cache that cannot be written" says "$t/no/cache\|/dev/null" env DTC_CACHE=/dev/null/x "$DTC" --kernel-root="$ROOT" -r "$RELEASE" --stop-after=build -n "$script"
check "a script that is not there" says 'No such file' build -s "$t/none.d"
check "a folder for a script" says 'irectory' build -s "$t"
check "an unknown option: the nearest one" says 'bufsize' build -x bufsiz=1m
"$DTC" --no-such-option >"$t/out" 2>&1
is "a wrong command line is status 2" $? 2

# the libraries: the index names what they define; a member that a kernel has not is an error where it is used only
top=$(cd "$(dirname "$0")/../.." && pwd)
defined() { sed -n 's/^inline [^=[]*\b\([A-Za-z_][A-Za-z_0-9]*\)\(\[[^]]*\]\)\{0,1\} = .*/\1/p; s/^inline .*\b\([a-z]*\)\[[^=]*= .*/\1/p; s/^} \([a-z_]*\);$/\1/p' "$1" | sort -u; }
for f in "$top"/tapset/*.d; do
	missing=$(comm -23 <(defined "$f") <(sed -n "s/^${f##*/} //p" "$top/tapset/index" | tr ' ' '\n' | sort -u) | tr '\n' ' ')
	is "tapset/index has all of ${f##*/}" "$missing" ""
done
mkdir "$t/data" && ln -s "$top"/* "$t/data/" && rm "$t/data/tapset" && cp -r "$top/tapset" "$t/data/tapset"
sed -i 's/pr_nice = .*/pr_nice = T->no_such_member;/' "$t/data/tapset/process.d"
check "a library's member without its field, not used" env DTC_DATADIR="$t/data" "$DTC" --kernel-root="$ROOT" -r "$RELEASE" -e -n 'BEGIN { trace(curlwpsinfo->pr_pri); }'
check "a library's member without its field, used" says 'this kernel has not what member pr_nice' env DTC_DATADIR="$t/data" "$DTC" --kernel-root="$ROOT" -r "$RELEASE" -e -n 'BEGIN { trace(curlwpsinfo->pr_nice); }'

# debug information: missing, wrong, damaged
line='line::vfs_read@458 { trace($count); }'
bare=$t/bare
mkdir -p "$bare/boot" "$bare/lib/modules/$RELEASE" "$bare/etc"
cp "$ROOT/boot/vmlinuz-$RELEASE" "$bare/boot"
cp "$ROOT/lib/modules/$RELEASE"/modules.dep "$bare/lib/modules/$RELEASE"
bare() { env DTC_CACHE="$t/cache" "$DTC" -e -r "$RELEASE" --kernel-root="$bare" -n "$line" "$@"; }
echo 'ID=debian' >"$bare/etc/os-release"
check "debug information missing: what is" says "the debug information of kernel $RELEASE is missing" bare
check "debug information missing: Debian's package" says "apt-get install linux-image-$RELEASE-dbg" bare
echo 'ID=fedora' >"$bare/etc/os-release"
check "debug information missing: Fedora's package" says "dnf debuginfo-install kernel-core-$RELEASE" bare
check "--vmlinux: no such file" says 'nowhere: there is no such file' bare --vmlinux="$t/nowhere"
check "--vmlinux: a boot image" says "vmlinuz-$RELEASE: it is a boot image, which has no debug information" bare --vmlinux="$bare/boot/vmlinuz-$RELEASE"
check "--vmlinux: no ELF file" says 'os-release: it is no ELF file' bare --vmlinux="$bare/etc/os-release"
echo 'int main(void) { return 0; }' | gcc -g -Wl,--build-id -x c -o "$t/other" -
check "--vmlinux: another build" says "other: it is of another build: its build-id is .*, that of the image of kernel $RELEASE is " bare --vmlinux="$t/other"
strip "$t/other"
check "--vmlinux: no debug information" says 'other: it has no debug information' bare --vmlinux="$t/other"
check "--vmlinux: the right one" bare --vmlinux="$ROOT/usr/lib/debug/boot/vmlinux-$RELEASE"
mkdir -p "$bare/usr/lib/debug/boot"
head -c 300000000 "$ROOT/usr/lib/debug/boot/vmlinux-$RELEASE" >"$bare/usr/lib/debug/boot/vmlinux-$RELEASE"
check "debug information cut short: the file is named" says "debug/boot/vmlinux-$RELEASE: it is no ELF file of a 64-bit kernel, or is cut short" bare
rm -r "$bare" "$t/cache"
