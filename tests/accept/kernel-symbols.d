BEGIN { trace(`jiffies); trace(vmlinux`jiffies); trace(&`jiffies); trace((unsigned long)`max_pfn); trace(`init_task.comm); trace(sizeof(vmlinux`pid_t)); exit(0); }
