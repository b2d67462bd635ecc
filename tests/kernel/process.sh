# The structures of processes, threads, CPUs and files against what /proc shows of the same process.
. ../kernel-lib.sh
t=$(mktemp -d /dev/shm/process.XXXXXX)
cat >$t/program <<'END'
read -r -n 3 x <$0
coproc cat
exec 9<>/dev/shm/process.file 7<&${COPROC[0]} 6<>/dev/ttyS0
printf abcde >&9
read -r -a f </proc/$$/stat
{
	echo "pid $$"; echo "ppid ${f[3]}"; echo "pgid ${f[4]}"; echo "sid ${f[5]}"; [ "${f[6]}" = 0 ] && echo "tty 4095 1048575" || echo "tty $((f[6] >> 8)) $((f[6] & 255))"
	echo "nlwp ${f[19]}"; echo "stack ${f[27]}"; echo "size $((f[22] / 1024))"; echo "rss $((f[23] * 4))"; echo "nice ${f[18]}"
	echo "pri $((f[17] + 100))"; echo "start $((f[21] / 100 + $(sed -n 's/^btime //p' /proc/stat)))"
} >$OUT
mapfile -d '' -t args </proc/$$/cmdline
echo "psargs ${args[*]}" >>$OUT
cd /tmp
END
echo "12345" >/dev/shm/process.file
OUT=$t/proc "$DTRUN" --name=dtc -c "setsid -w taskset -c 0 nice -n 5 bash $t/program one 'two words'" "$MODULES/process.ko" >$t/out 2>$t/err
is "the run" "$?" 0
cat $t/err >&2
of() { sed -n "s/^$1 //p" $t/out; }
proc() { sed -n "s/^$1 //p" $t/proc; }
same() { is "$1" "$(of "$1")" "$(proc "$1")"; }
near() { check "$1 ($(of $1), $(proc $1))" test "$(($(of $1) - $(proc $1)))" -le "$2" -a "$(($(proc $1) - $(of $1)))" -le "$2"; }
for m in pid ppid pgid sid nlwp stack nice pri psargs tty; do same $m; done
near size 200
near rss 600
near start 2
is uids "$(of uids)" "0 0"
is gids "$(of gids)" "0 0"
is fname "$(of fname)" bash
is argc "$(of argc)" 4
is envp "$(of envp)" 5
is argv0 "$(of argv0)" bash
is dmodel "$(of dmodel)" 1
is wstat "$(of wstat)" 0
is "what Linux has not" "$(of nothing)" "0 0 0 0"
is addr "$(of addr)" "1 1"
is lwp "$(of lwp)" "$(of pid)"
is name "$(of name)" bash
is state "$(of state)" "1 O 0"
is syscall "$(of syscall)" 80
is clname "$(of clname)" TS
is wait "$(of wait)" "0 1"
is on "$(of on)" "1 1"
is bound "$(of bound)" "1 -1"
is cpu "$(of cpu)" "1 0 0 0"
is cwd "$(of cwd)" "$PWD"
is root "$(of root)" /
is file "$(of file)" "process.file /dev/shm /dev/shm/process.file"
is offset "$(of offset)" 5
is fs "$(of fs)" tmpfs
is mount "$(of mount)" /dev/shm
is mode "$(of mode)" 1
is flags "$(of flags)" 0
is none "$(of none)" "<none> <none> 0 <none> 0"
is pipe "$(of pipe)" "<unknown> pipefs"
rm -rf $t /dev/shm/process.file
