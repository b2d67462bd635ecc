io:::start, pid123:a.out:main:entry, sched:::on-cpu, tcp:::send { exit(0); }
kprobe::vfs_read: { exit(0); }
