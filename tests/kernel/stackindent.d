/* stackindent and stackframes; stacks as keys; caller as a symbol. @run: -c sync */
#pragma D option quiet
#pragma D option stackindent=4
#pragma D option stackframes=3
fbt::ksys_sync:entry { stack(); @[stack()] = count(); trace(caller != 0); printf("%a\n", caller); }
