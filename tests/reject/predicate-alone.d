BEGIN { }
END /1/
