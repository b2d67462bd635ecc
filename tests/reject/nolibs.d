/* @options: -xnolibs */
BEGIN { exit(ENOENT); }
