BEGIN { this->a[1] = 2; }
BEGIN { this->a["a", 2] = 2; }
