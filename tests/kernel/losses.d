/* A record, a key and an element of an array in each firing; losses.sh counts. */
#pragma D option quiet
int n, elements[int];
fbt::vfs_read:entry /pid == $target && arg2 == 1/ { n++; @all = count(); @keys["key", n] = count(); }
fbt::vfs_read:entry /pid == $target && arg2 == 1/ { elements[n] = n; printf("record\n"); }
END { printf("fired %d\n", n); printa("all %@d\n", @all); printa("%s %d %@d\n", @keys); }
