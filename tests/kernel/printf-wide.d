/* Wide characters, widths of characters, flags that meet. */
#pragma D option quiet
BEGIN { printf("[%wc][%5wc]\n", 'a', 'b'); printf("%s\n", lltostr($pid) == "0" ? "no" : "yes"); printf("[%5c|%-5c|]\n", 'x', 'y'); printf("[%05x][%#5x][%-#6x]\n", 10, 10, 10); printf("[%+u][% u]\n", 5, 5); printf("[%08.3x][%.10d]\n", 255, -5); printf("%s%s%s\n", "", "a", ""); printf("%d %s", 1, "x"); printf("\n"); printf("[%20s][%-20s]|\n", probename, probeprov); printf("[%hd][%hhd][%lu]\n", (short)-1, (char)-1, (unsigned long)-1); exit(0); }
