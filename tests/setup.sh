# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# For ./try and ./check: installs what is missing, builds the tree.
# Sets: top, build.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$top/build

say() { printf '%s: %s\n' "${setup_name:-dtc}" "$*" >&2; }
die() { say "$*"; exit 1; }

build_packages=(gcc libc6-dev make flex bison autoconf automake pkg-config libelf-dev libdw-dev libbpf-dev
	libkmod-dev zlib1g-dev liblzma-dev libzstd-dev)
test_packages=(check procps dwz libdebuginfod1 zstd gdb clang)
vm_packages=(qemu-system-x86 busybox-static cpio kmod xz-utils binutils)

# need_packages NAME...: installs those that are missing
need_packages()
{
	local missing=() p log
	command -v dpkg-query >/dev/null ||
		die "this is not a Debian system: install by hand the equivalents of: $*"
	for p; do
		dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null | grep -qx installed || missing+=("$p")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	[ "$(id -u)" = 0 ] || die "packages are missing and only root can install them: apt-get install ${missing[*]}"
	say "installing ${missing[*]}"
	log=$(mktemp)
	if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive \
		apt-get install -q -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
		tail -n 15 "$log" >&2
		rm -f "$log"
		die "apt-get could not install ${missing[*]} (its last words are above)"
	fi
	rm -f "$log"
}

# build_tree DIR [configure options]: configures DIR once and makes all in it
build_tree()
{
	local dir=$1 log
	shift
	log=$dir/build.log
	mkdir -p "$dir"
	if ! {
		if [ ! -e "$top/configure" ] || [ "$top/configure.ac" -nt "$top/configure" ] ||
		   [ -n "$(find "$top" -name '*.am' -newer "$top/configure" -not -path '*/build*' -print -quit)" ]; then
			"$top/bootstrap"
		fi &&
		if [ ! -e "$dir/Makefile" ] || [ "$top/configure" -nt "$dir/Makefile" ]; then
			(cd "$dir" && "$top/configure" "$@")
		fi &&
		make -C "$dir" -j "$(nproc)"
	} >"$log" 2>&1 </dev/null; then
		tail -n 30 "$log" >&2
		die "the build failed; all of its output is in $log"
	fi
}
