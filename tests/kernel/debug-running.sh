# Debug information of the kernel that runs: it tells its build itself.
. ../kernel-lib.sh
vmlinux=$ROOT/usr/lib/debug/boot/vmlinux-$RELEASE
line() { "$DTC" -e -n 'line::vfs_read@458 { trace($count); }' "$@"; }
check "missing: the package is named" says "linux-image-$RELEASE-dbg" line
check "the right one" line --vmlinux="$vmlinux"
t=$(mktemp -d)
head -c 100000 "$vmlinux" >"$t/cut"
check "a damaged one" says "$t/cut: it is no ELF file of a 64-bit kernel, or is cut short" line --vmlinux="$t/cut"
check "another build" says 'it is of another build: its build-id is .*, that of the kernel that runs is ' line --vmlinux="$ROOT/usr/lib/debug/lib/modules/$RELEASE/kernel/fs/jbd2/jbd2.ko"
rm -r "$t"
