/* @options: -L lib */
#pragma D depends_on library mine.d
syscall::open*:return /errno == NOT_THERE || errno == EACCES/ { @[errno, errno == ENOENT ? "none" : NULL] = count(); }
syscall::kill:entry /arg1 == SIGKILL && curpsinfo->pr_uid == 0/ { printf("%s %d", curpsinfo->pr_fname, curlwpsinfo->pr_pri); }
