BEGIN { trace($pid); trace($ppid); trace($uid); trace($euid); trace($gid); trace($egid); trace($pgid); trace($sid); trace($target); exit(0); }
