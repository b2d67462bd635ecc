# Under load: switch loses what it counts, fill keeps the oldest and ring the newest, without holes. @deadline: 240
. ../kernel-lib.sh
cat >/tmp/load.sh <<'EOF'
for cpu in 0 1; do taskset -c $cpu dd if=/dev/zero of=/dev/null bs=1 count=20000 status=none & done
wait
EOF
try() # OPTIONS
{
	"$DTRUN" --name=dtc "$@" -c "sh /tmp/load.sh" "$MODULES/policies.ko" >/tmp/policy.out 2>/tmp/policy.err
	is "$*: the run ends well" "$?" 0
}
# "CPU printed dropped fired first last holes" of each CPU
table()
{
	awk '$1 == "dtc:" && $3 ~ /^drops?$/ { dropped[$6] += $2 }
	$2 == "is" { if (!n[$1]++) first[$1] = $3; else if ($3 != was[$1] + 1) holes[$1]++; if ($3 <= was[$1]) holes[$1] += 1000000; was[$1] = $3 }
	$1 == "fired" { fired[$2] = $3 }
	END { for (c in fired) print c, n[c] + 0, dropped[c] + 0, fired[c], first[c] + 0, was[c] + 0, holes[c] + 0 }' /tmp/policy.out /tmp/policy.err | sort
}
each() { local why=$1; check "$why" awk "!($2) { print; bad = 1 } END { exit bad || !NR }" /tmp/policy.table; }

for options in "-x bufsize=16k -x switchrate=100ms" "-x bufsize=256 -x switchrate=100ms" "-x bufsize=8m"; do
	try -x bufpolicy=switch $options
	table >/tmp/policy.table
	is "switch $options: each firing of both loads" "$(awk '{n += $4} END {print n}' /tmp/policy.table)" 40000
	each "switch $options: printed and dropped are fired, in order" '$2 + $3 == $4 && $7 < 1000000'
done
each "room for all: no hole" '$3 == 0 && $5 == 1 && $7 == 0'

for size in 64k 256; do
	try -x bufpolicy=fill -x bufsize=$size
	table >/tmp/policy.table
	each "fill $size: the first of each CPU, without holes" '$2 == 0 || $5 == 1 && $7 == 0'
	each "fill $size: a CPU misses one firing at the most" '$4 - $2 <= 1 && $3 == 0'
	check "fill $size: the run ended by it" awk '{n += $4 - $2} END {exit !(n >= 1)}' /tmp/policy.table

	try -x bufpolicy=ring -x bufsize=$size
	table >/tmp/policy.table
	is "ring $size: each firing of both loads" "$(awk '{n += $4} END {print n}' /tmp/policy.table)" 40000
	each "ring $size: the last of each CPU, without holes" '$6 == $4 && $7 == 0 && $2 == $6 - $5 + 1 && $3 == 0'
	each "ring $size: older ones gave way" '$5 > 1'
done
