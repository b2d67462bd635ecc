/* Variables of the kernel: with the types of BTF and of its headers, by a cast, by address; per-CPU ones are of this CPU. */
#pragma D option quiet
BEGIN {
	printf("%d\n", `jiffies > 0 && `jiffies - `jiffies == 0);
	printf("%s %d\n", `init_task.comm, `init_task.pid);
	printf("%s\n", stringof(`saved_command_line) != "" ? "yes" : "no");
	printf("%s\n", substr(stringof((char *)&`linux_banner), 0, 13));
	printf("%d %d\n", vmlinux`nr_threads > 1, *(int *)&`pid_max);
	printf("%d\n", (unsigned int)`nr_cpu_ids);
	printf("%d\n", `runqueues.cpu == cpu);
	printf("%d\n", ((struct list_head)`modules).next == `modules.next);
	printf("%s\n", `init_uts_ns.name.sysname);
	printf("%d\n", `cpu_number == cpu);
	printf("%s\n", `init_task.comm);
	printf("%x\n", `init_net.loopback_dev->ifindex);
	printf("%s\n", stringof(`init_net.loopback_dev->name));
	printf("%d\n", (uintptr_t)&`vfs_read == (uintptr_t)`vfs_read);
	printf("%s\n", stringof(((struct file_system_type)overlay`ovl_fs_type).name));
	exit(0);
}
