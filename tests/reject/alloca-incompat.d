BEGIN { this->p = alloca(8); this->p = (void *)curthread; }
BEGIN { this->p = (void *)curthread; this->p = alloca(8); }
BEGIN { p = (char *)alloca(8); }
END { p = (char *)curthread; }
BEGIN { p = pid == 0 ? alloca(8) : (void *)curthread; }
