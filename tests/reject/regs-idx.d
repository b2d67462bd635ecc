BEGIN { trace(uregs[-1]); }
BEGIN { trace(uregs[1000]); }
