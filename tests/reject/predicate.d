BEGIN /"string"/ { trace(1); }
BEGIN { @a = count(); } BEGIN /@a/ { trace(1); }
