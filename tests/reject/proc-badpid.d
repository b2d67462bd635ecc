pid0::main:entry { trace(1); }
pid99999999999999999999::main:entry { trace(1); }
