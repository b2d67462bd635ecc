fbt::vfs_read:entry { printf("%s", stringof(args[0]->f_path.dentry->d_name.name)); trace(args[0]->f_inode->i_ino); this->f = args[0]; self->pos = *args[3]; }
fbt::vfs_read:return /self->pos/ { trace(args[1]); self->pos = 0; }
