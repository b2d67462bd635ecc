fbt::schedule_nosuch:entry { trace(1); }
fbt::rcu_nmi_enter:entry { trace(1); }
