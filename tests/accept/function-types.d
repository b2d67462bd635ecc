typedef int (*fn_t)(int, char *); fn_t f; int (*g)(void); typedef void handler_t(int); handler_t *h;
BEGIN { f = 0; trace(f == NULL); trace(sizeof(fn_t)); exit(0); }
