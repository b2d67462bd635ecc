/*
 * Lines: by file, by the end of its name, by function, by pattern, of a module; a line that is inlined into many functions; inlined copies.
 * The variables of a line: parameters, and a local once it is set. Places without the variable are left out of a pattern.
 * @run: -c 'dd if=/etc/passwd of=/dev/null bs=7 count=3 status=none' @deadline: 300
 */
#pragma D option quiet
line::vfs_read@* /pid == $target && $count == 7/ { @lines["count 7 on line", probefunc] = count(); }
line::fs/read_write.c:45* /pid == $target && $count == 7/ { @file[probefunc, stringof($file->f_path.dentry->d_name.name), (int)args[2]] = count(); }
line::read_write.c:46* /pid == $target && $ret >= 0/ { @ret[probefunc, "ret"] = count(); }
line::vfs_read@4* { @all[probeprov, probefunc] = count(); }
fbt::file_inode*:inline /pid == $target && stringof($f->f_path.dentry->d_name.name) == "passwd"/ { @inlined[probefunc, probename] = count(); }
line:9p:vfs_file.c:* /pid == $target/ { @module[probemod, "9p line"] = count(); }
line::vfs_write@* /pid == $target && $count == 7/ { @[copyinstr((uintptr_t)$buf, 4), tid == pid ? "self" : ""] = count(); self->lines++; }
fbt::vfs_write:return /self->lines/ { @written["written by lines", "vfs_write"] = sum(self->lines); self->lines = 0; }
