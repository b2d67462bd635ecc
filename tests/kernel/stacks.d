/* stack() at a function's entry begins with the function itself and its callers. @run: -c 'dd if=/dev/zero of=/dev/null bs=1 count=20 status=none' */
#pragma D option quiet
int done;
fbt::vfs_read:entry /pid == $target && arg2 == 1/ { @[stack()] = count(); @d[stackdepth > 3] = count(); @c[caller != 0] = count(); }
fbt::vfs_read:entry /pid == $target && arg2 == 1 && !done/ { stack(3); done = 1; }
