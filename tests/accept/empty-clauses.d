dtrace:::BEGIN, dtrace:::END { }
END
/1/
{ }
ERROR { trace(arg4); }
