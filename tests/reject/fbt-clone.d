/* Copies of functions, which have a parameter no more, or not at all. */
fbt::__down_trylock_console_sem.constprop.0:entry { trace($ip); trace($nosuch); }
fbt::__down_trylock_console_sem.constprop.0:entry { trace(args[7]); }
