/* @options: -xscratchsize=128 */
BEGIN { x = alloca(256); }
