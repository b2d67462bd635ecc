int PIDTYPE_PID;
enum pid_type v;
BEGIN { trace(v == PIDTYPE_PID); }
int PIDTYPE_PID;
enum pid_type v;
BEGIN { trace(v == PIDTYPE_PID); }
