/* Structures and arrays of this->, self-> and associative arrays; strings into char arrays; an index past the end. */
#pragma D option quiet
struct s { char name[8]; int x; };
struct s v;
this int arr[4];
self long more[2];
this struct s loc;
self struct s mine;
struct s table[int];
char text[10];
BEGIN { v.name = "abc"; printf("%s\n", v.name); v.name = "longer than eight"; printf("%s\n", v.name); v.name = execname; printf("%s\n", v.name);
 this->arr[3] = 4; this->arr[3] += 2; printf("%d\n", this->arr[3]); self->more[1] = 3; printf("%d %d\n", self->more[1], self->more[0]);
 text = "hello"; printf("%s %d\n", text, sizeof(text)); text[0] = 'j'; printf("%s\n", text);
 this->loc.x = 3; self->mine = this->loc; self->mine.name = "zz"; table[1] = self->mine; printf("%s %d\n", table[1].name, table[1].x);
 this->n = 2; 
 printf("%s\n", stringof(v.name) == "dtrun" ? "same" : "other");
}
BEGIN { this->arr[this->n + 3] = 1; printf("never\n"); }
BEGIN { v = this->n ? this->loc : self->mine; printf("%d\n", v.x); exit(0); }
ERROR { printf("fault %d\n", arg4); }
