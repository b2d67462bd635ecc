BEGIN { clear(@foo); }
BEGIN { clear(@never); }
