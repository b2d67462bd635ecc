provider foo { probe a(); };
provider foo { probe a(int x); };
provider foo { probe a(); };
provider foo { probe b(); };
