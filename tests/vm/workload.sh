#!/bin/sh
# SPDX-License-Identifier: GPL-2.0
# Something for a script to see: processes, files, sleep and a little arithmetic, for ever.
while :; do
	ls -l /usr/bin /etc >/dev/null 2>&1
	cat /proc/meminfo /proc/stat /proc/self/maps >/dev/null
	dd if=/dev/zero of=/tmp/workload bs=4096 count=64 2>/dev/null
	grep -c processor /proc/cpuinfo >/dev/null
	i=0; while [ $i -lt 2000 ]; do i=$((i + 1)); done
	rm -f /tmp/workload
	sleep 0.2
done
