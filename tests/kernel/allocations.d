/* Kernel allocations, by function, program and stack. @run: -c 'ls -lR /proc/self /etc' */
#pragma D option quiet
fbt::__kmalloc:entry /execname == "ls"/ { @traces[stack()] = count(); @sizes = quantize(arg0); }
fbt::kmem_cache_alloc*:entry { @who[execname, probefunc] = count(); }
