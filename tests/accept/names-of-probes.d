BEGIN,END {}
:::BEGIN { exit(0); }
::BEGIN { exit(0); }
dtrace:::B* { exit(0); }
dtrace::: { exit(0); }
dtrace:::[BE]* { }
dtrace:::?ND { }
