# SPDX-License-Identifier: GPL-2.0
# Completion of the command line, as the shells ask for it. Runs on the host, with DTC, RELEASE and ROOT set.
. "$(dirname "$0")/../kernel-lib.sh"
here=$(cd "$(dirname "$0")/../.." && pwd)
PATH=$(dirname "$DTC"):$PATH
. "$here/completions/dtc.bash"

# What bash offers for a line that ends at the cursor: `complete`'s function called as readline does.
offers()
{
	local COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDBREAKS=$' \t\n"\'><=;|&(:' function
	COMPREPLY=()
	function=$(complete -p dtc | sed 's/.*-F \([^ ]*\) .*/\1/')
	$function dtc
	printf '%s\n' "${COMPREPLY[@]}"
}
same() { [ "$(offers "$1" | tr '\n' ' ')" = "$2" ] || { echo "'$1' offers $(offers "$1" | head -n 5 | tr '\n' ' ')"; false; }; }
has() { offers "$1" | grep -qxF -- "$2"; }
lacks() { ! has "$@"; }
kernel="dtc -r $RELEASE --kernel-root=$ROOT"

check "bash: providers" has "$kernel -n sy" 'syscall:'
check "bash: names of probes alone" has "$kernel -n BE" BEGIN
check "bash: functions, less what bash takes for words before" same "$kernel -n fbt::vfs_readl" 'vfs_readlink: '
check "bash: in quotes the whole description" same "$kernel -n 'fbt::vfs_readl" 'fbt::vfs_readlink: '
check "bash: names of a function's probes" same "$kernel -n fbt::vfs_read:" 'entry return '
check "bash: system calls" has "$kernel -n syscall::openat" 'openat2:'
check "bash: tracepoints of a group" has "$kernel -n sdt:sched::sched_sw" 'sched_switch'
check "bash: -f ends with the function" same "$kernel -f fbt::vfs_readl" 'vfs_readlink '
check "bash: options" has "dtc -x bufp" 'bufpolicy='
check "bash: flags have no =" has "dtc -x qui" 'quiet'
check "bash: words of an option" same "dtc -x bufpolicy=" 'fill ring switch '
check "bash: options without effect are not offered" lacks "dtc -x linkt" 'linktype='
check "bash: the command line" has "dtc --st" '--stop-after='
check "bash: passes" same "dtc --stop-after=re" 'resolve '
check "bash: scripts" has "dtc -s $here/examples/" "$(ls "$here"/examples/*.d | head -n 1)"
check "bash: a number is not completed" same "dtc -p " ' '
check "bash: dtc is not there" env PATH=/nonexistent /bin/bash -c ". '$here/completions/dtc.bash'; COMP_LINE='dtc -n x' COMP_POINT=8; _dtc /nonexistent/dtc; [ \${#COMPREPLY[@]} = 0 ]"
if command -v zsh >/dev/null; then
	check "zsh: reads it" zsh -n "$here/completions/_dtc"
fi
check "a kind that does not exist" eval '"$DTC" --complete=nothing x; [ $? = 2 ]'
