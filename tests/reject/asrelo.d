/* @options: -x linkmode=dynamic */
BEGIN { trace(`jiffies); trace(vmlinux`max_pfn); trace((int)`nr_threads); }
BEGIN { trace(`nosuchsymbol); }
