long char c;
short char c;
BEGIN { trace((long char)1); }
