line::ksys_read@609 { @ = sum(1); }
