/* strchr() and its kin, strtok()'s state, upper and lower case, joining. */
#pragma D option quiet
BEGIN
{
	printf("1[%s][%s][%s]\n", strchr("abcabc", 'b'), strrchr("abcabc", 'b'), strstr("abcabc", "ca"));
	printf("2[%s][%s][%s]\n", strchr("abc", 'x') == NULL ? "null" : "not", strrchr("abc", 'x') == NULL ? "null" : "not",
	       strstr("abc", "zz") == NULL ? "null" : "not");
	printf("3[%s][%s]\n", strstr("abc", ""), strjoin("abc", "def"));
	printf("4[%s][%s][%s]\n", strjoin("", ""), strjoin("a", ""), strjoin("", "b"));
	printf("5[%d][%d]\n", strlen(""), strlen("abc"));
	printf("6[%s][%s][%s]\n", toupper("abcXYZ1-"), tolower("abcXYZ1-"), toupper(""));
}
BEGIN
{
	this->a = strtok("a,b;;c,", ",;");
	printf("7[%s]", this->a);
	this->a = strtok(NULL, ",;");
	printf("[%s]", this->a);
	this->a = strtok(NULL, ",;");
	printf("[%s]", this->a);
	this->a = strtok(NULL, ",;");
	printf("[%s]\n", this->a == NULL ? "(null)" : this->a);
	printf("8[%s]", strtok("", ",") == NULL ? "(null)" : "not");
	printf("[%s]", strtok(",,,", ",") == NULL ? "(null)" : "not");
	printf("[%s]\n", strtok("abc", ""));
	exit(0);
}
