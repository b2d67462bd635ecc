#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
#
# Process 1 of the guest until the host's root is mounted; then dtc-vm takes over. /config, written by the host, sets
# MODULES (files in /modules, in the order to load them), RELEASE, ROOT (where the kernel is unpacked, empty when it is
# the host's own) and SHARES (directories, one a line, whose 9p tags are share0, share1, ...).

fail() {
	echo "dtc-vm: init: $*" >/dev/console
	reboot -f
}

mount -t proc proc /proc
mount -t devtmpfs dev /dev
. /config

for m in $MODULES; do
	insmod /modules/$m || fail "cannot load $m"
done

p9=trans=virtio,version=9p2000.L,msize=262144
mount -t 9p -o ro,cache=loose,$p9 root /lower || fail "cannot mount the host's root"
mount -t tmpfs -o mode=0755,size=75% tmpfs /rw
mkdir /rw/upper /rw/work
mount -t overlay -o lowerdir=/lower,upperdir=/rw/upper,workdir=/rw/work overlay /new || fail "cannot mount the overlay"

if [ -n "$ROOT" ]; then
	mkdir -p /new/lib/modules/$RELEASE /new/boot
	ln -sfn "$ROOT/usr/src/linux-headers-$RELEASE" "/new$ROOT/lib/modules/$RELEASE/build"
	mount -o bind "/new$ROOT/lib/modules/$RELEASE" /new/lib/modules/$RELEASE || fail "cannot bind the modules"
	[ ! -d "/new$ROOT/boot" ] || mount -o bind "/new$ROOT/boot" /new/boot || fail "cannot bind /boot"
fi

mkdir -p /new/proc /new/sys /new/dev /new/run /new/tmp
mount -t proc proc /new/proc
mount -t sysfs sys /new/sys
mount -t devtmpfs dev /new/dev
mkdir -p /new/dev/pts /new/dev/shm
mount -t devpts devpts /new/dev/pts
mount -t tmpfs tmpfs /new/dev/shm
mount -t tmpfs -o mode=0755 tmpfs /new/run
mount -t debugfs debugfs /new/sys/kernel/debug
mount -t tracefs tracefs /new/sys/kernel/tracing
mount -t bpf bpf /new/sys/fs/bpf
mount -t cgroup2 cgroup2 /new/sys/fs/cgroup
ifconfig lo 127.0.0.1 up
hostname dtc-vm

i=0
echo "$SHARES" | while read -r dir; do
	[ -n "$dir" ] || continue
	mkdir -p "/new$dir"
	mount -t 9p -o cache=none,$p9 share$i "/new$dir" || fail "cannot mount $dir"
	i=$((i + 1))
done

cp /dtc-vm /new/run/dtc-vm
exec switch_root /new /run/dtc-vm guest
