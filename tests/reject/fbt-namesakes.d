/* Functions of one name: what their parameters are differs. */
fbt::uevent_store:entry { trace($count); trace(args[1]); }
fbt::uevent_store:entry { trace($attr); }
fbt::uevent_s*:entry { trace($nosuch); }
fbt::elf_load:entry { trace($eppnt); }
fbt::enable_slot:return { trace($return); }
