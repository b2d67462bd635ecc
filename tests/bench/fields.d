fbt::vfs_read:entry { @ = sum($file->f_inode->i_ino); }
