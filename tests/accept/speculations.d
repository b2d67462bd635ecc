BEGIN { self->s = speculation(); speculate(self->s); printf("a"); } END { commit(self->s); discard(self->s); }
