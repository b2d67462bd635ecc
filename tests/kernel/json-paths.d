/* json(): members, elements, what is not there, text that is no JSON. */
#pragma D option quiet
inline string J = "{\"a\": 1, \"b\": {\"c\": \"x\", \"d\": [1, 2, {\"e\": true}]}, \"n\": null, \"f\": -1.5e3, \"s\": \"q\\\"z\\n\"}";
BEGIN
{
	printf("1 [%s][%s][%s][%s]\n", json(J, "b"), json(J, "b.c"), json(J, "b.d"), json(J, "b.d[1]"));
	printf("2 [%s][%s][%s][%s]\n", json(J, "b.d[2].e"), json(J, "n"), json(J, "f"), json(J, "s"));
	printf("3 [%s][%s]\n", json(J, "zz") == NULL ? "(null)" : "not", json(J, "b.d[7]") == NULL ? "(null)" : "not");
	printf("4 [%s][%s][%s]\n", json("garbage", "a") == NULL ? "(null)" : "not", json("[1,2]", "[0]"), json("[\"x\",[7]]", "[1][0]"));
	exit(0);
}
