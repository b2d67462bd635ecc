BEGIN { trace(uregs[R_PC]); trace(uregs[R_SP]); trace(uregs[0]); trace(uregs[R_ERR] + uregs[R_DS] + uregs[R_ES] + uregs[R_FS] + uregs[R_GS] + uregs[R_TRAPNO] + uregs[R_R1]); exit(0); }
