/* A user's library: read because of -L, with one of dtc's own. */
#pragma D depends_on library errno.d
#pragma D depends_on provider syscall
#pragma D depends_on module vmlinux
inline int NOT_THERE = ENOENT;
#pragma D binding "1.0" NOT_THERE
#pragma D attributes Stable/Stable/Common NOT_THERE
inline string what[int e] = e == NOT_THERE ? "not there" : "other";
