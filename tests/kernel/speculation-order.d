/* Speculations of one slot: committed, discarded, ended, none free; a clause that only speculates. */
#pragma D option cpu=0
#pragma D option nspec=1
BEGIN { s = speculation(); t = speculation(); trace(s); trace(t); }
BEGIN { speculate(s); trace("in spec"); printf("fmt %d\n", 5); }
BEGIN { speculate(s); }
BEGIN { speculate(t); trace("none"); }
BEGIN { commit(s); }
BEGIN { s = speculation(); speculate(s); trace("same clause"); }
BEGIN { discard(s); commit(s); }
BEGIN { u = speculation(); trace(u); }
BEGIN { discard(u); }
BEGIN { commit(0); discard(0); commit(99);  }
BEGIN { a = speculation(); }
BEGIN { speculate(a); x = 5; }
BEGIN { commit(a); }
BEGIN { exit(0); }
