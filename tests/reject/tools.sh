# What is missing on the machine that compiles, each with its message. Runs on the host, with DTC, RELEASE and ROOT set.
. "$(dirname "$0")/../kernel-lib.sh"
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
script="BEGIN { trace($$$(date +%s)); exit(0); }"	# in no cache
build() { "$DTC" --kernel-root="$ROOT" -r "$RELEASE" --stop-after=build -n "$script" "$@"; }

check "headers missing: the package is named" says 'linux-headers-9\.9\.9' "$DTC" -r 9.9.9 --stop-after=build -n "$script"
mkdir -p "$t/lib/modules/$RELEASE"
check "headers missing beside the kernel" says "linux-headers-$RELEASE" "$DTC" --kernel-root="$t" -r "$RELEASE" --stop-after=build -n "$script"
check "compiler missing: the package is named" says 'apt-get install gcc' env PATH=/nonexistent "$DTC" --kernel-root="$ROOT" -r "$RELEASE" --stop-after=build -n "$script"
check "a cache that cannot be written" says "$t/no/cache\|/dev/null" env DTC_CACHE=/dev/null/x "$DTC" --kernel-root="$ROOT" -r "$RELEASE" --stop-after=build -n "$script"
check "a script that is not there" says 'No such file' build -s "$t/none.d"
check "a folder for a script" says 'irectory' build -s "$t"
check "an unknown option: the nearest one" says 'bufsize' build -x bufsiz=1m
"$DTC" --no-such-option >"$t/out" 2>&1
is "a wrong command line is status 2" $? 2
