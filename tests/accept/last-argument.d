/* the last argument is used, and one that is neither number nor name is a string @args: one two "three four" */
BEGIN { trace($3); printf("%s", strjoin($3, ".")); }
