# What a packager makes: the tarball has every file of the tree; the installed programs work without it. Runs on the host,
# with DTC, RELEASE and ROOT set.
. "$(dirname "$0")/../kernel-lib.sh"
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
build=$(cd "$(dirname "$DTC")/.." && pwd)
top=$(cd "$(dirname "$0")/../.." && pwd)

if make -s -C "$build" distdir distdir="$t/dist" top_distdir="$t/dist" >"$t/log" 2>&1; then
	missing=$(cd "$top" && { git ls-files 2>/dev/null || find README.md translator runtime tests doc -type f; } | grep -v '^\.' |
		while read -r f; do [ -e "$t/dist/$f" ] || echo "$f"; done | head -n 5)
	is "make dist: all files of the tree" "$missing" ""
	is "make dist: nothing that was made" "$(find "$t/dist" -name '*.o' -o -name '*.a' -o -name .deps -o -name dtc-vm -type f)" ""
else
	echo "not ok make dist - $(tail -n 3 "$t/log" | tr '\n' ' ')"
fi

check "make install" make -s -C "$build" install DESTDIR="$t/root"
installed=$(find "$t/root" -path '*/bin/dtc')
check "the installed dtc shows its version" "$installed" -V
prefix=${installed#"$t/root"}
prefix=${prefix%/bin/dtc}
check "its data are installed" [ -e "$t/root$prefix/share/dtc/runtime/kernel/Kbuild" ]
check "it compiles with what is installed" env DTC_DATADIR="$t/root$prefix/share/dtc" DTC_CACHE="$t/cache" \
	"$installed" -r "$RELEASE" --kernel-root="$ROOT" --stop-after=build -n 'BEGIN { trace(curpsinfo->pr_fname); trace(EINTR); exit(0); }'
check "the man pages" [ -e "$t/root$prefix/share/man/man7/d.7" ]
