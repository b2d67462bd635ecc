/* @args: 1 abc "x y" */
BEGIN { trace($1); trace($$2); trace($$3); trace($$1); abc = $1; trace($2); exit(0); }
