inline int ENOENT = 7;
BEGIN { exit(curpsinfo->pr_rsssize); }
