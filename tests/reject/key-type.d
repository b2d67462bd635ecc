BEGIN { x[curthread->comm, *curthread] = 1; }
BEGIN { x[trace(1)] = 1; }
BEGIN { @a = count(); x[@a] = 1; }
BEGIN { @a = count(); @b[@a] = count(); }
BEGIN { @b[trace(1)] = count(); }
BEGIN { x[stack()] = 1; }
