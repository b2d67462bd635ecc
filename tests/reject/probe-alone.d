tick-1s
END { }
