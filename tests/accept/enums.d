enum color { RED, GREEN = 5, BLUE };
enum color c; typedef enum color color_t; color_t d;
BEGIN { c = RED; d = BLUE; trace(c == d); trace(d == BLUE); trace(GREEN + 1); trace(sizeof(enum color)); trace((enum color)5); c = 7; exit(0); }
