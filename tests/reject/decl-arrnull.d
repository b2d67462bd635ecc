int a[];
self char s[];
