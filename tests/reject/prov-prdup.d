provider foo { probe a(); probe a(); };
provider foob { probe a2(int x2); probe a2(string y2); };
