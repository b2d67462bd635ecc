#!/usr/sbin/dtrace -s
/*
 * Which lines of the kernel's vfs_read() run, how often, and the most that it read of each file. Needs the kernel's debug information.
 *
 *	line 468            8
 *	line 475           73
 *	line 470           94
 *	line 456          102
 *	locale.alias                 2996 bytes
 *	adduser.conf                 3040 bytes
 *	bash                        65536 bytes
 *
 * (Some rows are left out.)
 */
#pragma D option quiet

line::vfs_read@*
{
	@lines[probename] = count();
}

line::vfs_read@47*
/$ret > 0/
{
	@most[stringof($file->f_path.dentry->d_name.name)] = max($ret);
}

tick-5s
{
	exit(0);
}

END
{
	trunc(@most, 5);
	printa("line %s %@12d\n", @lines);
	printa("%-20s %@12d bytes\n", @most);
}
