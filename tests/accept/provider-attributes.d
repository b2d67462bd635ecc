provider myprov { probe start(int, string); probe done(struct task_struct *t, int rc) : (int rc, struct task_struct *t); probe none(); probe void__one(void); };
#pragma D attributes Evolving/Evolving/Common provider myprov provider
#pragma D attributes Private/Private/Unknown provider myprov module
#pragma D attributes Private/Private/Unknown provider myprov function
#pragma D attributes Evolving/Evolving/Common provider myprov name
#pragma D attributes Evolving/Evolving/Common provider myprov args
BEGIN { exit(0); }
