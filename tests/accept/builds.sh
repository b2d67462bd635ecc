# When the runtime cannot be built: each reason has its message. Runs on the host, with DTC, RELEASE and ROOT set.
. "$(dirname "$0")/../kernel-lib.sh"
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
export DTC_CACHE=$t/cache
modules=lib/modules/$RELEASE
[ -e "$ROOT/$modules" ] || modules=usr/lib/modules/$RELEASE
headers=$(readlink -f "$ROOT/$modules/build")

# headers REASON RECIPE: a kernel's root like ROOT, whose headers' make fails by RECIPE
headers()
{
	local root=$t/$1 build=$t/$1/lib/modules/$RELEASE/build
	mkdir -p "$build"
	ln -s "$ROOT/boot" "$ROOT/usr" "$root" 2>/dev/null
	ln -s "$ROOT/$modules"/[!bs]* "$root/lib/modules/$RELEASE"
	ln -s "$headers"/[!M]* "$build"
	cp "$headers/Module.symvers" "$build"
	printf 'modules:\n\t@%s\n' "$2" >"$build/Makefile"
}

build() { "$DTC" -r "$RELEASE" --kernel-root="$t/$1" --stop-after=build -n 'BEGIN { exit(0); }'; }

headers compiler 'set -e; x86_64-linux-gnu-gcc-99 -c x.c'
check "no compiler" says "the compiler 'x86_64-linux-gnu-gcc-99' that kernel $RELEASE was built with is missing" build compiler
check "no compiler: its package" says "apt-get install gcc-99$" build compiler
headers old 'echo "error: implicit declaration" >&2; false'
check "make fails: the log is kept" says "please report this with $t/cache/.*/log" build old
sed -i /ftrace_set_filter_ips/d "$t/old/lib/modules/$RELEASE/build/Module.symvers"
check "an old kernel" says "kernel $RELEASE is too old: it does not export ftrace_set_filter_ips()" build old
