BEGIN { x = 1; x += 2; x -= 1; x *= 4; x /= 2; x %= 3; x &= 7; x |= 8; x ^= 1; x <<= 2; x >>= 1; y = x++ + ++x - x-- - --x; z = x ? y : 3; z = !x; z = ~x; z = -x; z = +x; exit(0); }
