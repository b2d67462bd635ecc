pid1:a.out:main:foo { trace(1); }
