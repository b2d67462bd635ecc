inline int a[] = 1;
inline int b[5] = 1;
inline void c = 1;
inline struct nosuch d = 1;
inline int e = e;
BEGIN { }
