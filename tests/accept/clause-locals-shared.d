BEGIN { this->a = 1; } BEGIN /this->a == 1/ { this->b = this->a + 1; exit(0); }
