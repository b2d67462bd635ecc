# Lines and inlined copies: each message, with numbers as this kernel's. Runs on the host, with DTC, RELEASE and ROOT set.
. "$(dirname "$0")/../kernel-lib.sh"
try() { "$DTC" -r "$RELEASE" --kernel-root="$ROOT" --stop-after=check "${@:1:$#-1}" -n "${@: -1}"; }
numbers() { "$DTC" -r "$RELEASE" --kernel-root="$ROOT" -l -n "$1" | awk 'NR > 1 { print $NF }'; }

check "a line without code: the nearest ones" says 'line 1 of fs/read_write.c has no code; the nearest line with code is [0-9]' try 'line::fs/read_write.c:1'
check "a line of a function without code" says "'vfs_read' is in fs/read_write.c, where the nearest line with code is [0-9]" try 'line::vfs_read@1'
check "a wrong file: the nearest name" says "did you mean 'fs/read_write.c'" try 'line::fs/read_wrte.c:*'
check "the end of several files' names" says "'inode.c' is the end of [0-9]* files' names: .*and [0-9]* more" try 'line::inode.c:100'
check "a function for a file" says 'a line of a function is line::vfs_read@456' try 'line::vfs_read:456'
check "a wrong function: the nearest name" says "has no function 'vfs_raed': did you mean 'vfs_read'" try 'line::vfs_raed@1'
check "no file at all" says 'names no file' try 'line:::'
check "a module without debug information: the package is named" says "linux-image-$RELEASE-dbg" try 'line:xfs:xfs_inode.c:*'
check "a module that is not there" says 'nosuch' try 'line:nosuch:inode.c:*'
line=$(numbers 'line::irqentry_enter@*' | head -n 1)
check "a line where no probe may stand: the reason" says "no probe may stand at kernel/entry/common.c:$line, irqentry_enter+0x[0-9a-f]*: .*noinstr" try "line::irqentry_enter@$line"
check "entry of a function that is inlined everywhere" says "'file_inode' exists only inlined, at [0-9]* places: fbt::file_inode:inline probes them" try 'fbt::file_inode:entry'
check "inlined copies of a function that has none" says "'vfs_read' is not inlined anywhere" try 'fbt::vfs_read:inline'
check "a variable that is missing at some copies" says "'f' .* at include/linux/fs.h:[0-9]*, [a-z_.0-9]*+0x" try 'fbt::file_inode:inline { trace($f); }'
check "a pattern leaves them out" try 'fbt::file_inode*:inline { trace($f); }'

# $ret is set late in vfs_read: on a line before that it is optimized out, and the next one with it is named
found=
for line in $(numbers 'line::vfs_read@*'); do
	try "line::vfs_read@$line { trace(\$ret); }" 2>&1 | grep -q "'ret' is optimized out at fs/read_write.c:$line, vfs_read+0x[0-9a-f]*; it is alive on line [0-9]" && found=yes
done
is "a variable that is optimized out: where it is alive" "$found" yes
check "a variable that is not in scope: those that are" says "nor is there a variable 'cuont'" try 'line::vfs_read@456 { trace($cuont); }'
check "none of a pattern's places has the variable" says "none of the [0-9]* places has 'nosuch'\|nor is there a variable" try 'line::vfs_read@* { trace($nosuch); }'
check "a compiler's copy without debug information: what is missing" says "copies that the compiler made; debug information tells: .*linux-image-$RELEASE-dbg" \
	try 'fbt:xfs:suffix_kstrtoint.constprop.0:entry { trace(args[0]); }'
check "functions of one name without it" says "or several that differ; debug information tells: .*linux-image-$RELEASE-dbg" try 'fbt:btrfs:fill_inode_item:entry { trace($inode); }'

# pte_val() is inlined in many files, each with a pte_t of its own, which are one type
check "a nameless structure's type is one in all files" try 'fbt::pte_val*:inline { trace($pte.pte); trace(args[0]); }'
