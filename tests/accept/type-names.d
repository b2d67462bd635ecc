int8_t a; uint8_t b; int16_t c; uint16_t d; int32_t e; uint32_t f; int64_t g; uint64_t h; size_t i; ssize_t j; intptr_t k; uintptr_t l; uchar_t m; ushort_t n; uint_t o; ulong_t p; longlong_t q; u_longlong_t r; pid_t s; uid_t t; gid_t u; id_t v; dev_t w; caddr_t x; off_t y; hrtime_t z;
BEGIN { exit(0); }
