typedef struct node { struct node *next; int v; } node_t; node_t n; node_t *p;
BEGIN { n.next = 0; n.v = 3; p = &n; trace(p->v); trace(p->next == NULL); exit(0); }
