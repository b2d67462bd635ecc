/* raise(), stop() and what starts it again; chill(). @run: -c "sh -c 'kill -0 $$; sync; echo not reached'" */
#pragma D option quiet
#pragma D option destructive
syscall::kill:entry /progenyof($target)/ { printf("kill %d\n", arg1); t = timestamp; chill(2000000); }
syscall::kill:return /progenyof($target)/ { printf("chilled %d\n", timestamp - t >= 2000000); raise(10); }
