#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# What dtc-vm must survive: $DTC_VM (default ./dtc-vm) on the newest kernel in the cache. One line for each case; exits
# with 77 when there is no kernel to try it on.

vm=$(realpath "${DTC_VM:-./dtc-vm}")
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' INT TERM HUP
failed=0

# NAME, what is wrong with it (nothing: ok)
result() {
	if [ -z "$2" ]; then
		echo "ok $1"
	else
		echo "not ok $1 - $2"
		failed=1
	fi
}

# NAME EXPECTED ACTUAL
same() {
	[ "$2" = "$3" ] && result "$1" || result "$1" "expected '$2', got '$3'"
}

# NAME FILE PATTERN
has() {
	grep -q -- "$3" "$2" 2>/dev/null && result "$1" || result "$1" "no '$3' in: $(head -c 300 "$2" 2>&1)"
}

# no process of ours is left; one that was killed may need a moment
no_qemu() {
	for i in 1 2 3 4 5 6 7 8 9 10; do
		pgrep -f "^qemu-system.*$marker" >/dev/null || break
		sleep 0.2
	done
	same "$1" "" "$(pgrep -f "^qemu-system.*$marker")"
}

wait_for() {
	for i in $(seq 150); do
		grep -q "$2" "$1" 2>/dev/null && return
		sleep 0.1
	done
}

kernel=$("$vm" path 2>/dev/null) || { echo "no kernel: run dtc-vm fetch"; exit 77; }
release=${kernel##*/}
marker=selftest=$$
run() { "$vm" run --append "$marker" "$@"; }

# --- without a guest ---

DTC_CACHE=$dir/empty "$vm" run -- true 2>"$dir/err"
same no-kernel-status 125 $?
has no-kernel-message "$dir/err" 'dtc-vm fetch'

"$vm" run --kernel 1.2.3-none -- true 2>"$dir/err"
same unknown-kernel-status 125 $?
has unknown-kernel-message "$dir/err" 'no kernel 1.2.3-none'

# a qemu that is not there: the same PATH without the directories that have it
path=
for d in $(echo "$PATH" | tr : ' '); do
	[ -x "$d/qemu-system-x86_64" ] || path=$path:$d
done
PATH=${path#:} "$vm" run -- true 2>"$dir/err"
same no-qemu-status 125 $?
has no-qemu-message "$dir/err" 'qemu-system-x86'

"$vm" run --cpus many -- true 2>"$dir/err"
same bad-option-status 2 $?
"$vm" fetch --package linux-image-0.0.0-none 2>"$dir/err"
same fetch-unknown-package-status 1 $?
has fetch-unknown-package-message "$dir/err" 'linux-image-0.0.0-none'
"$vm" fetch --suite no-such-suite 2>"$dir/err"
has fetch-unknown-suite-message "$dir/err" 'no-such-suite'

# debug information: what apt says and downloads is ours
mkdir -p "$dir/apt" "$dir/deb/DEBIAN" "$dir/deb/usr/lib/debug/boot" "$dir/deb/usr/lib/debug/lib/modules/9.9.9-x/kernel/fs/ext4" "$dir/cache/kernels/9.9.9-x"
printf '#!/bin/sh\nprintf "Package: x\\nSize: 1000\\nInstalled-Size: 1\\n"\n' >"$dir/apt/apt-cache"
printf '#!/bin/sh\ncp %s/x.deb .\n' "$dir" >"$dir/apt/apt-get"
chmod +x "$dir/apt/apt-cache" "$dir/apt/apt-get"
printf 'Package: x\nVersion: 1\nArchitecture: all\nMaintainer: x <x@example.org>\nDescription: x\n' >"$dir/deb/DEBIAN/control"
for f in ext4/ext4.ko ext4/other.ko; do echo "$f" >"$dir/deb/usr/lib/debug/lib/modules/9.9.9-x/kernel/fs/$f"; done
fetch_debug() { dpkg-deb -b "$dir/deb" "$dir/x.deb" >/dev/null; DTC_CACHE=$dir/cache PATH=$dir/apt:$PATH "$vm" fetch --debug --package linux-image-9.9.9-x >"$dir/out" 2>"$dir/err"; }
fetch_debug
same fetch-debug-wrong-package-status 1 $?
same fetch-debug-leaves-nothing "" "$(cd "$dir/cache/kernels" && find . -name '.fetch*' -o -name '*.ko')"
echo image >"$dir/deb/usr/lib/debug/boot/vmlinux-9.9.9-x"
for f in fs/jbd2/jbd2.ko fs/overlayfs/overlay.ko fs/9p/9p.ko net/9p/9pnet.ko net/9p/9pnet_virtio.ko; do
	mkdir -p "$dir/deb/usr/lib/debug/lib/modules/9.9.9-x/kernel/${f%/*}" && echo $f >"$dir/deb/usr/lib/debug/lib/modules/9.9.9-x/kernel/$f"
done
fetch_debug
same fetch-debug "0 9.9.9-x" "$? $(cat "$dir/out")"
same fetch-debug-files "9p.ko 9pnet.ko 9pnet_virtio.ko ext4.ko jbd2.ko overlay.ko vmlinux-9.9.9-x" \
	"$(echo $(find "$dir/cache" -type f ! -name .lock -printf '%f\n' | sort))"

# --- one command ---

head -c 300000 /dev/urandom >"$dir/random"
run --stdin -- sh -c 'cat; echo complaint >&2; exit 42' <"$dir/random" >"$dir/out" 2>"$dir/err"
same exit-status 42 $?
cmp "$dir/random" "$dir/out" >/dev/null && result binary-output || result binary-output "differs"
same stderr complaint "$(cat "$dir/err")"

run -- sh -c 'echo c >/proc/sysrq-trigger' >"$dir/out" 2>"$dir/err"
same panic-status 122 $?
has panic-log "$dir/err" 'Kernel panic'

"$vm" run --append $marker -- sh -c 'trap "echo caught; exit 5" TERM; echo ready; while :; do sleep 0.1; done' >"$dir/out" &
pid=$!
wait_for "$dir/out" ready
kill -TERM $pid
wait $pid
same signal-status "5 ready caught" "$? $(echo $(cat "$dir/out"))"
no_qemu signal-leaves-nothing

"$vm" run --append $marker -- sh -c 'trap "" TERM; echo ready; while :; do sleep 0.1; done' >"$dir/out" &
pid=$!
wait_for "$dir/out" ready
kill -TERM $pid
sleep 0.5
kill -TERM $pid
wait $pid
same second-signal-status 143 $?
no_qemu second-signal-leaves-nothing

"$vm" run --append $marker -- sh -c 'echo ready; sleep 100' >"$dir/out" &
pid=$!
wait_for "$dir/out" ready
kill -KILL $pid
wait $pid 2>/dev/null
no_qemu kill-leaves-nothing

same closed-pipe y "$(timeout 30 "$vm" run -- sh -c 'yes; echo $? >&2' 2>"$dir/err" | head -n 1)"
same closed-pipe-is-seen 141 "$(cat "$dir/err")"

run --icount -- sh -c 'nproc' >"$dir/out" 2>"$dir/err"
same icount "0 1" "$? $(cat "$dir/out")"

"$vm" run --boot-deadline 4 --append "$marker rdinit=/bin/sh" -- true 2>"$dir/err"
same never-boots-status 125 $?
has never-boots-message "$dir/err" 'did not come up within 4 seconds'
"$vm" run --append "$marker rdinit=/bin/hostname" -- true 2>"$dir/err"
same dies-at-boot-status 125 $?
has dies-at-boot-message "$dir/err" 'Kernel panic'

# --- many jobs; the module is for what only a module can do wrong ---

mkdir "$dir/jobs" "$dir/mod"
cat >"$dir/mod/bad.c" <<'END'
#include <linux/module.h>

static char *how = "";
module_param(how, charp, 0);

static int __init bad_init(void)
{
	WARN_ON(!strcmp(how, "warn"));
	if (!strcmp(how, "oops"))
		*(volatile int *)8 = 1;
	if (!strcmp(how, "hang")) {
		local_irq_disable();
		for (;;)
			cpu_relax();
	}
	return -EINVAL;
}

module_init(bad_init);
MODULE_LICENSE("GPL");
END
echo 'obj-m := bad.o' >"$dir/mod/Makefile"
make -C "$kernel/lib/modules/$release/build" M="$dir/mod" modules >"$dir/make.log" 2>&1
[ -f "$dir/mod/bad.ko" ] && result headers-build-modules || result headers-build-modules "$(tail -n 3 "$dir/make.log")"

job() { cat >"$dir/jobs/$1.job"; }
echo 'echo out; echo err >&2; exit 7' | job 01-streams
printf '#!/usr/bin/perl\nprint "perl\\n"; exit 0\n' | job 02-executable
chmod +x "$dir/jobs/02-executable.job"
printf '# deadline: 2\necho before; while :; do :; done\n' | job 03-loop
printf '# deadline: 2\n(trap "" TERM; setsid sleep 1000) & exit 0\n' | job 04-background
printf 'pgrep sleep; test -d /lib/modules/%s/build/include && test -s /boot/vmlinuz-%s && id -u\n' $release $release | job 05-clean
printf 'insmod %s/mod/bad.ko how=warn\n' "$dir" | job 06-warn
printf 'insmod %s/mod/bad.ko how=oops\n' "$dir" | job 07-oops
printf '! grep -q "D" /proc/sys/kernel/tainted; cat /proc/sys/kernel/tainted\n' | job 08-after-oops
printf 'echo before; echo c >/proc/sysrq-trigger\n' | job 09-panic
printf '# deadline: 2\ninsmod %s/mod/bad.ko how=hang\n' "$dir" | job 10-hang
printf 'echo b >/proc/sysrq-trigger; sleep 10\n' | job 11-reset
printf 'cat "%s/later"\n' "$dir/jobs" | job 12-later
echo later >"$dir/jobs/later"

mkdir "$dir/one"
cp "$dir/jobs/10-hang.job" "$dir/one/"
run --cpus 1 --jobs "$dir/one"
same only-cpu-hang hang "$(cat "$dir/one/10-hang.status")"
has only-cpu-hang-backtrace "$dir/one/10-hang.kmsg" 'bad_init'

run --jobs "$dir/jobs"
same jobs-status 1 $?
status() { cat "$dir/jobs/$1.status" 2>&1; }
out() { cat "$dir/jobs/$1.$2" 2>&1; }
same job-streams "7 out err" "$(status 01-streams) $(out 01-streams out) $(out 01-streams err)"
same job-executable "0 perl" "$(status 02-executable) $(out 02-executable out)"
same job-deadline "timeout before" "$(status 03-loop) $(out 03-loop out)"
same job-background 0 "$(status 04-background)"
same job-leaves-no-process "0 0" "$(status 05-clean) $(out 05-clean out)"
[ -e "$dir/jobs/05-clean.kmsg" ] && result job-clean-kmsg "$(out 05-clean kmsg)" || result job-clean-kmsg
has job-warning-seen "$dir/jobs/06-warn.kmsg" 'WARNING:.*bad_init'
has job-oops-seen "$dir/jobs/07-oops.kmsg" 'Oops'
same job-after-oops-is-untainted "0 0" "$(status 08-after-oops) $(out 08-after-oops out)"
same job-panic "panic before" "$(status 09-panic) $(out 09-panic out)"
has job-panic-log "$dir/jobs/09-panic.kmsg" 'Kernel panic'
same job-hang hang "$(status 10-hang)"
has job-hang-backtrace "$dir/jobs/10-hang.kmsg" 'bad_init'
same job-reset lost "$(status 11-reset)"
same job-after-all "0 later" "$(status 12-later) $(out 12-later out)"
no_qemu jobs-leave-nothing

exit $failed
