/* Left out: its provider is not there. */
#pragma D depends_on provider nosuch
this is no D
