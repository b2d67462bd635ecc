/* stack() traced, by %k with widths, as a key; sym(), func(), mod(), %a. @run: -c sync */
#pragma D option quiet
fbt::ksys_sync:entry
{
	stack(2); printf("[%k]", stack(2)); printf("[%-5k]", stack(2)); printf("[%30k]", stack(1)); printf("[%-*k]\n", 4, stack(1));
	sym((uintptr_t)&`jiffies); func((uintptr_t)&`vfs_read + 3); mod((uintptr_t)&`jiffies); printf("|\n");
	printf("%a|%30a|%-30a|\n", (uintptr_t)&`vfs_read, (uintptr_t)&`vfs_read + 4, (uintptr_t)&`vfs_read);
	printf("%d\n", stackdepth > 2);
	@[stack(2)] = count(); @s[stack(1), execname] = sum(2); @y[sym((uintptr_t)&`vfs_read), 1] = count();
	@f[func((uintptr_t)&`vfs_read)] = count(); @m[mod((uintptr_t)&`vfs_read)] = count();
}
END { printa(@); printa("%k %@d\n", @); printa("%-3k %@d\n", @); printa(@s); printa("%a|%@d\n", @f); printa("%a|%@d\n", @m); }
