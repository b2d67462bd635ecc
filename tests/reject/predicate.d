BEGIN /"string"/ { trace(1); }
BEGIN /@a/ { trace(1); }
