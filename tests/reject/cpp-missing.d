#define LIMIT 5
BEGIN { trace(LIMIT); }
