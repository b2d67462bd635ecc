BEGIN { this->a = (char *)alloca(10); bcopy("abc", this->a, 3); this->a[3] = 0; trace(stringof(this->a)); copyinto(0, 5, this->a); *this->a = 'a'; exit(0); }
