/* What args[] and curthread reach: members, arrays, unions, bit-fields, enums, casts, return values. @run: -c "sh -c 'cat /etc/hostname >/dev/null; true'" */
#pragma D option quiet
fbt::vfs_open:entry /execname == "cat" && args[0]->dentry->d_parent->d_name.name == "etc" && stringof(args[0]->dentry->d_name.name) == "hostname"/
{
	printf("open %s/%s: %d %d\n", stringof(args[0]->dentry->d_parent->d_name.name), stringof(args[0]->dentry->d_name.name),
	       args[0]->dentry->d_name.len, args[1]->f_path.dentry == 0);
	printf("iname [%s] %c%c\n", stringof(args[0]->dentry->d_iname), args[0]->dentry->d_iname[0], args[0]->dentry->d_iname[1]);
	printf("count %d %d\n", args[0]->dentry->d_lockref.count > 0, (args[0]->dentry->d_inode->i_mode & 0170000) == 0100000);
	printf("fs %d\n", stringof(args[0]->mnt->mnt_sb->s_type->name) != "");
	self->dentry = args[0]->dentry;
}
fbt::vfs_read:entry /self->dentry && args[0]->f_path.dentry == self->dentry && !done++/
{
	self->file = args[0];
	printf("read %s %d %d\n", stringof(args[0]->f_path.dentry->d_name.name), args[2] == arg2, *args[3] == args[0]->f_pos);
	printf("cast %d\n", ((struct file *)arg0)->f_inode->i_ino == args[0]->f_path.dentry->d_inode->i_ino);
	printf("fd %d\n", curthread->files->fdt->fd[3] == args[0]);
}
fbt::vfs_read:return /self->file/ { printf("returned %d\n", args[1] > 0 && args[1] == arg1); self->file = 0; self->dentry = 0; }
sdt:::sched_process_exec /execname == "cat" && !execs++/
{
	printf("exec %s %d %d\n", stringof(args[0]->comm), args[0] == curthread, args[0]->tgid == pid);
	printf("bits %d %d %d\n", args[0]->in_execve, args[0]->sched_reset_on_fork, args[0]->no_cgroup_migration);
	printf("thread %s %c %d %d\n", stringof(curthread->comm), curthread->comm[0], curthread->cred->uid.val == uid,
	       curthread->group_leader->pid == pid);
	printf("parent %d %d\n", curthread->real_parent->tgid == ppid, curthread->nsproxy->uts_ns->name.sysname == "Linux");
	printf("first %d\n", curthread->tasks.next != 0 && curthread->thread_pid->level == 0);
	printf("enum %d\n", curthread->mm->mm_users.counter);
	printf("filename %d\n", stringof(args[2]->filename) == stringof(args[2]->interp));
}
sdt:::sched_switch /!switches++/
{
	printf("switch %d %d\n", args[1] == curthread, args[2]->pid != args[1]->pid);
}
