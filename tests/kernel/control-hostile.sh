# The module's ioctls out of order, with bad arguments, from two processes at once; odd reads. @deadline: 60
. ../kernel-lib.sh
dmesg -C
insmod "$MODULES/control-hostile.ko" || exit 1
name=$(sed -n 's/^\(dtc[^ ]*\) .*/\1/p' /proc/modules)
cat >/tmp/hostile.pl <<'END'
use strict;
my $dir = "/proc/$ARGV[0]";
my %calls = (info => [0, 2, 2072], config => [1, 1, 8560], attach => [2, 3, 40], go => [3, 0, 0], sync => [4, 3, 24],
	     status => [5, 3, 96], stop => [6, 0, 0], missing => [7, 2, 192], halt => [8, 0, 0]);
my %errors = (71 => 'EPROTO', 22 => 'EINVAL', 14 => 'EFAULT', 93 => 'EPROTONOSUPPORT', 19 => 'ENODEV', 25 => 'ENOTTY', 16 => 'EBUSY', 1 => 'EPERM');
sub open_file { my $f; return sysopen($f, "$dir/$_[0]", $_[0] eq 'ctl' ? 2 : 0) ? $f : undef; }
sub call {
	my ($f, $name, $arg) = @_;
	my ($nr, $way, $size) = @{$calls{$name}};
	$arg = "\0" x $size unless defined $arg;
	return ioctl($f, $way << 30 | $size << 16 | 0x44 << 8 | $nr, $arg) ? 0 : $!+0;
}
sub is {
	my ($what, $got, $expected) = @_;
	$got = $errors{$got} // $got;
	print $got eq $expected ? "ok $what\n" : "not ok $what - $got, expected $expected\n";
}
sub config {
	my %c = (version => 2, bufsize => 1 << 16, aggsize => 1 << 16, dynvarsize => 1 << 16, threads => 64, specsize => 4096, nspec => 1, cpu => -1, nparams => 0, @_);
	return pack('L2 Q5 L4 l5 L4 l L x4 x256 x8192', $c{version}, 0, @c{qw(bufsize aggsize dynvarsize threads specsize nspec)},
		    0, 85, 30, (0) x 9, $c{cpu}, $c{nparams});
}
sub attach {
	my %a = (group => 0, count => 1, probe => 0, symbol => 0, strings => "vfs_read\0\0", @_);
	my $targets = pack('L4 Q l L', $a{probe}, 0, $a{symbol}, 9, 0, 0, 0);
	return pack('L2 Q3 L2', $a{group}, $a{count}, $a{targets} // unpack('Q', pack('P', $targets)), unpack('Q', pack('P', $a{strings})),
		    $a{size} // length $a{strings}, 0, 0), $targets, $a{strings};
}
my $ctl = open_file('ctl');
is("a second opener", open_file('ctl') ? 0 : $!+0, 'EBUSY');
is("$_ before CONFIG", call($ctl, $_), 'EPROTO') for qw(go sync attach halt stop missing);
is("status before CONFIG", call($ctl, 'status'), 'EINVAL');
is("no such call", ioctl($ctl, 0x4499, 0) ? 0 : $!+0, 'ENOTTY');
is("$_ from nowhere", call($ctl, $_, 1), 'EFAULT') for qw(info config);
is("a version", call($ctl, 'config', config(version => 9)), 'EPROTONOSUPPORT');
is("bufsize $_", call($ctl, 'config', config(bufsize => $_)), 'EINVAL') for (0, 1 << 62, ~0);
is("aggsize $_", call($ctl, 'config', config(aggsize => $_)), 'EINVAL') for (0, ~0);
is("threads $_", call($ctl, 'config', config(threads => $_)), 'EINVAL') for (0, ~0);
is("nspec 0", call($ctl, 'config', config(nspec => 0)), 'EINVAL');
is("too many parameters", call($ctl, 'config', config(nparams => 33)), 'EINVAL');
is("CPU $_", call($ctl, 'config', config(cpu => $_)), 'ENODEV') for (-2, 99999, 2147483647);
is("CONFIG", call($ctl, 'config', config()), 0);
is("CONFIG again", call($ctl, 'config', config()), 'EPROTO');
my @groups = grep { my ($a, @keep) = attach(group => $_, probe => 1 << 30); call($ctl, 'attach', $a) == 22 } 0 .. 99;
is("groups refuse rows that are not theirs", scalar @groups, 100);
for my $bad (['count 0', count => 0], ['a count of 2^32 - 1', count => 0xffffffff], ['a group', group => ~0 & 0xffffffff], ['no strings', size => 0],
	     ['strings of 2^40', size => 1 << 40], ['strings without an end', strings => 'abc'], ['a name outside', symbol => 4096]) {
	my ($what, @how) = @$bad;
	my ($a, @keep) = attach(@how);
	is("attach: $what", call($ctl, 'attach', $a), 'EINVAL');
}
my ($a, @keep) = attach(targets => 4096);
is("attach: targets from nowhere", call($ctl, 'attach', $a), 'EFAULT');
# Each row is of one group. The entry's row of a pair is attached with the return's: alone it is nobody's.
my $rows = 0;
for my $group (0 .. 9) {
	for my $row (0 .. 19) {
		($a, @keep) = attach(group => $group, probe => $row, strings => "no_such_function\0");
		$rows++ if call($ctl, 'attach', $a) != 22;
	}
}
is("rows that can be attached", $rows, $ARGV[1]);
is("flags of SYNC", call($ctl, 'sync', pack('L2 Q L2', 0xff, 0, 0, 0, 0)), 'EINVAL');
is("GO", call($ctl, 'go'), 0);
is("GO again", call($ctl, 'go'), 'EPROTO');
is("attach after GO", call($ctl, 'attach'), 'EPROTO');
is("status of no CPU", call($ctl, 'status', pack('L4 Q10', 0, 0, 0xffffffff, 0, (0) x 10)), 'EINVAL');
my ($data, $agg) = (open_file('data0'), open_file('agg0'));
if (!(my $child = fork)) {
	for (1 .. 300) { call($ctl, 'sync', pack('L2 Q L2', $_ % 4, 0, 0, 0, 0)); call($ctl, 'status'); call($ctl, 'go'); }
	exit;
}
my ($bytes, $got) = ('', 0);
for (1 .. 300) {
	$got = sysread($data, $bytes, $_ % 7 + 1);
	sysseek($agg, $_ * 3, 0);
	sysread($agg, $bytes, $_);
}
sysseek($agg, 1 << 62, 0);
is("reading far past the end", sysread($agg, $bytes, 100) // 'error', 0);
is("HALT", call($ctl, 'halt'), 0);
is("HALT again", call($ctl, 'halt'), 0);
is("GO after HALT", call($ctl, 'go'), 'EPROTO');
is("STOP", call($ctl, 'stop'), 0);
is("STOP again", call($ctl, 'stop'), 0);
is("GO after STOP", call($ctl, 'go'), 'EPROTO');
is("CONFIG after STOP", call($ctl, 'config', config()), 'EPROTO');
wait;
close $ctl;
is("open after the end", open_file('ctl') ? 0 : $!+0, 'EBUSY');
is("a data file outlives ctl", defined sysread($data, $bytes, 100) ? 0 : $!+0, 0);
END
perl /tmp/hostile.pl "$name" 3
check "it can be unloaded" rmmod "$name"
is "the kernel's log" "$(dmesg | grep -c 'WARN\|BUG\|Oops\|Call Trace')" 0
