int a[3][4][5]; BEGIN { a[1][2][3] = 7; trace(a[1][2][3]); trace(sizeof(a)); trace(sizeof(a[0])); trace(sizeof(a[0][0])); exit(0); }
