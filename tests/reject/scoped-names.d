enum e { foo`x };
provider foo`bar { probe baz(); };
provider foo2 { probe bar`baz(); };
provider foo { probe bar`baz(); };
int a[5][int];
BEGIN { }
