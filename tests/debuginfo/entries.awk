# SPDX-License-Identifier: GPL-2.0
# From `dtc -lv -n fbt:vmlinux::entry`: scripts PREFIX.0.d, PREFIX.1.d ... with all functions in clauses, one for each type that
# a first argument has, which take the argument and all its members. Of a compiler's copy, whose first may be gone, the register.
$2 == "fbt" && $5 == "entry" { function_name = $4; type = "" }
/^\t\tNone$/ { type = "none" }
/^\t\targs\[0\]: / { type = substr($0, 12) }
function_name && type {
	if (function_name ~ /\./ || type ~ /differs/)
		type = "none"
	names[type] = names[type] (names[type] ? ",\n" : "") "fbt:vmlinux:" function_name ":entry"
	function_name = ""
}
END {
	for (type in names) {
		if (type == "none")
			body = "trace(arg0)"
		else if (type ~ /(struct|union) [a-zA-Z_0-9]+ \*(const)?$/)
			body = "print(*args[0])"
		else
			body = "this->a" n " = args[0]"
		printf "%s\n{ %s; }\n", names[type], body >(prefix "." (n++ % parts) ".d")
	}
}
