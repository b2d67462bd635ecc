syscall::read:entry { trace(xlate <psinfo_t> (curthread).pr_pid); trace(fds[0].fi_name); trace(curpsinfo->pr_psargs); trace(curlwpsinfo->pr_state); }
