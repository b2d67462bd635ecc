/* @options: -xnolibs */
BEGIN { trace(curcpu); }
