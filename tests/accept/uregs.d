BEGIN { trace(uregs[R_PC]); trace(uregs[R_SP]); trace(uregs[0]); exit(0); }
