fbt::pte_val*:inline { trace(arg0); }
