/* basename(), dirname(), cleanpath(): slashes at either end, dots, nothing. */
#pragma D option quiet
BEGIN
{
	printf("1[%s][%s][%s][%s][%s][%s][%s]\n", basename("/a/b"), basename("/a/b/"), basename("/"), basename(""), basename("a"), basename("//"), basename("/a//b//"));
	printf("2[%s][%s][%s][%s][%s][%s][%s][%s]\n", dirname("/a/b"), dirname("/a/b/"), dirname("/"), dirname(""), dirname("a"), dirname("//"), dirname("/a//b//"), dirname("/a"));
	printf("3[%s][%s][%s][%s]\n", dirname("a/b"), dirname("a/"), dirname("./a"), dirname("//a"));
	printf("4[%s][%s][%s][%s][%s]\n", cleanpath("/a/../b"), cleanpath("/a/./b//c/"), cleanpath("/../.."), cleanpath("a/../.."), cleanpath(""));
	printf("5[%s][%s][%s][%s][%s]\n", cleanpath("/"), cleanpath("/.."), cleanpath("//a"), cleanpath("/a/b/../../../c"), cleanpath("./a/."));
	printf("6[%s][%s][%s][%s]\n", cleanpath("/foo/bar/baz/../.."), cleanpath("/foo/..bar"), cleanpath("/foo/bar/..."), cleanpath("../foo"));
	exit(0);
}
