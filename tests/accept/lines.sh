# Lists of lines and inlined copies, and their ids, which are the same in each run. Runs on the host, with DTC, RELEASE and ROOT set.
. "$(dirname "$0")/../kernel-lib.sh"
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT && cd "$work" || exit 1
list() { "$DTC" -r "$RELEASE" --kernel-root="$ROOT" -l "$@"; }
probes() { "$DTC" -r "$RELEASE" --kernel-root="$ROOT" --stop-after=resolve "$@"; }

list -n 'line:::' >all
check "all lines of vmlinux are listed" [ "$(wc -l <all)" -gt 500000 ]
is "each has an id of its own" "$(awk 'NR > 1 { print $1 }' all | uniq -d | head -n 1)" ""
list -n 'line:ext4:' >ext4
check "all lines of a module are listed" [ "$(wc -l <ext4)" -gt 20000 ]
check "all of both are, by a pattern" [ "$(list -n 'line:*:' | wc -l)" -ge $(($(wc -l <all) + $(wc -l <ext4) - 1)) ]

# each has the same line by its id: one in the middle, one of a module, one with many places, inlined copies
list -n 'line::fs/read_write.c:*' -n 'line:ext4:fs/ext4/inode.c:*' -n 'line::include/linux/fs.h:*' -n 'fbt::file_inode*:inline' | sed 1d >some
bad=
for n in 1 7 99 300 700 1200 1500 1900; do
	want=$(sed -n "${n}p" some)
	read -r id provider module _ name <<<"$want"
	got=$(list -i "$id" | sed 1d)
	read -r id2 provider2 module2 _ name2 <<<"$got"
	[ "$id $provider $module $name" = "$id2 $provider2 $module2 $name2" ] || bad+="[$want -- $got]"
done
is "an id names the probe that the list shows" "$bad" ""
id=$(list -n 'fbt::file_inode:inline' | awk 'END { print $1 }')
is "it has all its places by its id" "$(probes -i "$id")" "$(probes -n 'fbt::file_inode:inline')"
check "and they are many" [ "$(probes -i "$id" | wc -l)" -gt 10 ]
for id in 799999 9999999 19999999 999999999 4294967295; do
	check "no probe has the id $id" says "there is no probe with id $id" probes -i "$id"
done

# two functions of one name that differ are two places of one probe where the script asks for types
id=$(list -n 'fbt::uevent_store:entry' | awk 'END { print $1 }')
is "functions of one name are one probe" "$(probes -n 'fbt::uevent_store:entry' | wc -l)" "$(probes -n 'fbt::vfs_read:entry' | wc -l)"
check "each has its own parameters, by the probe's id too" "$DTC" -r "$RELEASE" --kernel-root="$ROOT" --stop-after=check -i "$id" '{ trace($count); trace(stringof($buf)); }'
list -v -n 'fbt::uevent_store:entry' >places
is "dtc -lv shows those of each" "$(grep -c '^	Variables at uevent_store of drivers/base/' places)" 2
is "dtc -lv says which arguments a copy has not" "$(list -v -n fbt::igmp_mcf_get_next.isra.0:entry | grep -c "args.*<optimized out>$")" 2
check "and which arguments they agree on" grep -q 'args\[1\]: (differs by place)' places

# any pattern over everything takes less than a second (of the processor: the machine may be busy)
for glob in '*:*:*:*' 'line:::' 'line:*:*:*' 'line:*:*a*:*5*' 'fbt:*::inline' 'fbt:*:*read*:' ''; do
	TIMEFORMAT='%U %S'
	spent=$( { time list ${glob:+-n "$glob"} >listed; } 2>&1 | awk 'END { print int(($1 + $2) * 1000) }')
	check "dtc -l ${glob:-of all} lists $(wc -l <listed) probes in less than a second" [ "$spent" -lt 1000 -a "$(wc -l <listed)" -gt 2000 ]
done

# each pointer's own const
check "const of inner pointers, by BTF" grep -q 'args\[1\]: const char \*const \*$' <(list -v -n 'fbt::kernel_execve:entry')
check "and by debug information" grep -q '\$argv: const char \*const \*$' <(list -v -n 'line::kernel_execve@*')
# code that is in no function
list -v -n 'line::arch/x86/entry/entry_64.S:*' >places
check "a line in no function is listed" grep -q '^ *[0-9]*  *line  *vmlinux  *[0-9]*$' places
