/*
 * $name: parameters at a function's entry, the value at its return, a tracepoint's arguments. One name at different places of two functions;
 * a structure in two registers and what comes after it.
 * @run: -c "perl -MSocket -e 'socket(S, PF_INET, SOCK_DGRAM, 0); setsockopt(S, SOL_SOCKET, SO_RCVBUF, 4096); exec(qw(dd if=/etc/passwd of=/dev/null bs=7 count=3 status=none))'"
 */
#pragma D option quiet
fbt::vfs_read:entry /pid == $target && $count == 7/ { @["read", stringof($file->f_path.dentry->d_name.name), *$pos] = count(); }
fbt::vfs_read:entry, fbt::rw_verify_area:entry /pid == $target && $count == 7 && stringof($file->f_path.dentry->d_name.name) == "passwd"/ { @["file", probefunc, 0] = count(); }
fbt::vfs_read:return /pid == $target && $return == 7/ { @["returned", "", $return] = count(); }
fbt::sock_setsockopt:entry /pid == $target/ { @["setsockopt", $optval.is_kernel ? "kernel" : "user", $optlen] = count(); }
fbt::sock_setsockopt:entry /pid == $target && args[4] == arg5 && args[2] == $optname/ { @["args[4]", "", args[4]] = count(); }
sdt:::sched_process_exec /$p->pid == $target/ { @["exec", stringof($p->comm), $old_pid == $target] = count(); }
END { printa("%s %s %d: %@d\n", @); }
