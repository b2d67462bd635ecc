/* Each kind of fault as ERROR sees it: the enabled probe, the kind, the address. */
#pragma D option quiet
#pragma D option destructive
int arr[5];
this int unset;
BEGIN { z = 0; printf("a"); x = 1 / z; printf("never\n"); }
BEGIN { z = 0; x = 1 % z; }
BEGIN { *(int *)0; }
BEGIN { trace(*(int *)8); }
BEGIN { printf("%s\n", stringof((char *)16)); }
BEGIN { printf("%d\n", strlen((char *)24)); }
BEGIN { this->at = (int *)32; *this->at = 5; }
BEGIN { bcopy((void *)40, alloca(8), 8); }
BEGIN { bcopy(alloca(8), (void *)48, 8); }
BEGIN { this->big = 1 << 20; this->p = alloca(this->big); printf("never\n"); }
BEGIN { copyin(56, 4); }
BEGIN { printf("%s\n", copyinstr(64)); }
BEGIN { copyout(alloca(4), 72, 4); }
BEGIN { copyoutstr("abc", 80, 4); }
BEGIN { this->x = lltostr(1, 1); }
BEGIN { this->y = strtoll("1", 37); }
BEGIN { this->i = 5; trace(arr[this->i]); }
BEGIN { this->i = -1; arr[this->i] = 3; }
BEGIN { this->s = 0; trace(*(this->s ? &arr[0] : (int *)96)); }
BEGIN /1 / this->unset/ { printf("never\n"); }
BEGIN { tracemem((void *)104, 8); }
BEGIN { print(*(struct task_struct *)112); }
BEGIN { @[*(int *)128] = count(); }
BEGIN { a["x"] = *(int *)136; printf("never\n"); }
BEGIN { printf("before "); trace(*(int *)144); }
BEGIN { this->nt = inet_ntoa((ipaddr_t *)152); }
BEGIN { this->nt = inet_ntop(99, alloca(16)); }
BEGIN { this->o = mutex_owned((struct mutex *)160); }
BEGIN { self->x = *(int *)168; }
BEGIN { printf("after %d %d\n", self->x, epid); exit(0); }
ERROR { printf("epid %d action %d fault %d value %x\n", arg1, arg2, arg4, arg5); }
