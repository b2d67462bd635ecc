line::fs/read_write.c:451 { @ = count(); }
