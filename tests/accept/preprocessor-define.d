/* @options: -C -DFOO=3 */
BEGIN { trace(FOO); exit(0); }
