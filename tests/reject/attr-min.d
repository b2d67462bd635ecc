#pragma D option amin=Evolving/Evolving/Common
#pragma D attributes Unstable/Evolving/Common shaky
inline int shaky = 5;
BEGIN { trace(shaky); trace(curthread); trace(`jiffies); trace(pid); }
fbt::vfs_read:entry { trace(args[0]); }
