inline int half = pid / 2;
inline int one = 1;
BEGIN { half = 1; half++; }
BEGIN { one = 2; }
