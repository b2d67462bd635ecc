# The forms of the command line that need no kernel module: lists, headers, descriptions, options. With DTC, RELEASE, ROOT set.
. "$(dirname "$0")/../kernel-lib.sh"
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
cd "$t" || exit 1
dtc() { "$DTC" --kernel-root="$ROOT" -r "$RELEASE" "$@"; }
status() { dtc "$@" >out 2>err; echo $?; }
tree() { dtc --stop-after=check "$@" 2>&1; }
# uses TEXT COMMAND...: the checked tree of that command line has TEXT
uses() { local text=$1; shift; check "${*//$'\n'/ }" grep -q -- "$text" <(tree "$@"); }

# --- -l ---
is "-l -n" "$(dtc -l -n BEGIN)" "   ID   PROVIDER            MODULE                          FUNCTION NAME
    1     dtrace                                                     BEGIN"
is "-lv: attributes and argument types" "$(dtc -lvn fbt::vfs_read:entry | tail -n +3)" "
	Probe Description Attributes
		Identifier Names: Private
		Data Semantics:   Private
		Dependency Class: Unknown

	Argument Attributes
		Identifier Names: Private
		Data Semantics:   Private
		Dependency Class: ISA

	Argument Types
		args[0]: struct file *
		args[1]: char *
		args[2]: size_t
		args[3]: loff_t *"
is "-lv: no arguments, stable names" "$(dtc -lv -n BEGIN | sed -n '5p;7p;15p')" "		Identifier Names: Stable
		Dependency Class: Common
		None"
arguments() { dtc -lv -n "$1" | sed -n '/Argument Types/,$ { s/^\t\t//p }' | xargs; }
is "-lv: a system call's types" "$(arguments syscall::openat:entry)" "args[0]: int args[1]: const char * args[2]: int args[3]: umode_t"
is "-lv: a declaration without names" "$(arguments syscall::socket:entry)" "args[0]: int args[1]: int args[2]: int"
is "-lv: a call under the name of programs" "$(arguments syscall::stat:entry)" "args[0]: const char * args[1]: struct stat *"
is "-lv: a call without arguments" "$(arguments syscall::getpid:entry)" "None"
is "-lv: integers at a raw tracepoint" "$(arguments rawtp:sched::sched_process_exit)" "args[0]: uint64_t"
is "-l: a tracepoint without its provider is sdt's" "$(dtc -l -n sched_process_exit | awk 'NR > 1 {print $2}')" sdt
id=$(dtc -l -n syscall::read:entry | awk 'NR == 2 {print $1}')
is "-l -i" "$(dtc -l -i "$id" | awk 'NR == 2 {print $2, $4, $5}')" "syscall read entry"
is "-l -f" "$(dtc -l -f vfs_read | awk 'NR > 1 {print $4, $5}')" "vfs_read entry
vfs_read return"
is "-l -f with a module and a provider" "$(dtc -l -f fbt:vmlinux:vfs_read | wc -l)" 3
is "-l -P" "$(dtc -l -P dtrace | wc -l)" 4
is "-l -m" "$(dtc -l -m sched | cmp - <(dtc -l --module-probe=sched); echo $?)" 0
check "-l --module-probe" test "$(dtc -l --module-probe=sched | awk 'NR > 1 {print $3}' | sort -u)" = sched
printf 'BEGIN { trace(1); }\nEND { trace(2); }\n' >two.d
is "-l -s" "$(dtc -l -s two.d | awk 'NR > 1 {print $3}' | xargs)" "BEGIN END"
is "-l of what there is not: status" "$(status -l -n nosuch -n BEGIN)" 0
is "-l of what there is not: said" "$(cat err)" "dtc: failed to match :::nosuch: No probe matches description"
check "-l of what there is not: the others are listed" grep -q BEGIN out
is "-l of an id that there is not" "$(status -l -i 9999999)" 1
is "-l: descriptions in their order, each whole" "$(dtc -l -n END -n 'BEGIN,END' -n END | awk 'NR > 1 {print $3}' | xargs)" "END BEGIN END END"
is "-l of a script that is named without -s" "$(dtc -l two.d | awk 'NR > 1 {print $3}' | xargs)" "BEGIN END"
dtc -l -o list -n BEGIN && dtc -lo list -n END
is "-l -o appends to a file" "$(grep -c dtrace list)" 2

# --- -h ---
cat >my-prov.d <<'END'
provider my_prov {
	probe query__start(char *, int flags, struct thing *t, unsigned long long n, const char **v, string s);
	probe done();
	probe none(void);
	probe all(int8_t, uint16_t, signed char, long long, void *, int (*)(int, char *, ...), char[16]);
	probe a__b__c(float, enum kind, union u *, size_t);
};
END
dtc -h -s my-prov.d
is "-h: guard" "$(sed -n 's/^#ifndef.\(_MY.*\)/\1/p' my-prov.h)" _MY_PROV_H
is "-h: macros" "$(sed -n '/^#else/q; s/^#define.\(MY_PROV_[A-Z_]*(.*\) \\$/\1/p' my-prov.h)" "MY_PROV_QUERY_START(arg0, arg1, arg2, arg3, arg4, arg5)
MY_PROV_QUERY_START_ENABLED()
MY_PROV_DONE()
MY_PROV_DONE_ENABLED()
MY_PROV_NONE()
MY_PROV_NONE_ENABLED()
MY_PROV_ALL(arg0, arg1, arg2, arg3, arg4, arg5, arg6)
MY_PROV_ALL_ENABLED()
MY_PROV_A_B_C(arg0, arg1, arg2, arg3)
MY_PROV_A_B_C_ENABLED()"
is "-h: the types" "$(sed -n 's/^extern int __dtrace_my_prov___a/a/p' my-prov.h)" "all(int8_t, uint16_t, signed char, long long int, void *, int (*)(int, char *, ...), char [16]);
a__b__c(float, enum kind, union u *, size_t);"
check "-h: C declarations" grep -q '__dtrace_my_prov___query__start(char \*, int, struct thing \*, unsigned long long int, const char \*\*, char \*);' my-prov.h
mkdir sys
cat >sys/sdt.h <<'END'
#define _SYS_SDT_H
#define DTRACE_PROBE(p, n) ((void)&p##_##n##_semaphore)
#define DTRACE_PROBE6(p, n, a, b, c, d, e, f) ((void)(a), (void)(b), (void)(c), (void)(d), (void)(e), (void)(f), DTRACE_PROBE(p, n))
END
cat >program.c <<'END'
struct thing { int x; } thing; enum kind { K }; union u { int x; };
#include "my-prov.h"
const char *v[1];
int FUNCTION(void)
{
	if (MY_PROV_QUERY_START_ENABLED())
		MY_PROV_QUERY_START("x", 1, &thing, NUMBER, v, "s");
	else
		MY_PROV_DONE();
	MY_PROV_NONE();
	return MY_PROV_DONE_ENABLED();
}
END
cc=(gcc -I. -Wall -Wextra -Werror -fno-common)
check "-h: a program of two files" sh -c 'gcc -I. -Wall -Wextra -Werror -DFUNCTION=main -DNUMBER=5 -c program.c -o one.o &&
	sed "s/^const char/static const char/; s/} thing/}; static struct thing thing/" program.c >other.c &&
	gcc -I. -Wall -Wextra -Werror -DFUNCTION=other -DNUMBER=5 -c other.c -o two.o && gcc one.o two.o -o program && ./program'
check "-h: probes compiled out" "${cc[@]}" -D_DTRACE_VERSION=0 -DFUNCTION=main -DNUMBER=5 -c program.c -o none.o
is "-h: arguments have types" "$("${cc[@]}" -DFUNCTION=main -DNUMBER=v -c program.c 2>&1 | grep -c 'passing argument 4')" 1
dtc -h -o other.h -s my-prov.d
check "-h -o" grep -q _OTHER_H other.h
is "-h without a provider" "$(status -h -s two.d)" 1
check "-h without a provider: said" grep -q 'defines no provider' err
echo "provider p { probe many(int, int, int, int, int, int, int, int, int, int, int, int, int); };" >many.d
is "-h with too many arguments" "$(status -h -s many.d)" 1

is "-h of a script that is not named .d" "$(cp my-prov.d prov; status -h -s prov; head -n 1 err)" "2
dtc: -h requires an output file if no scripts are specified"
is "-h of two scripts" "$(status -h -s my-prov.d -s my-prov.d; head -n 1 err)" "2
dtc: -h requires an output file if multiple scripts are specified"
is "-h of nothing" "$(status -h; head -n 1 err)" "2
dtc: -h requires one or more scripts or enabling options"

# --- -G ---
is "-G" "$(status -G -s my-prov.d one.o two.o)" 0
check "-G: its object is linked" gcc one.o two.o my-prov.o -o program
check "-G: and by ld -r" ld -r -o all.o one.o my-prov.o
dtc -G -o named.o -s my-prov.d && cmp named.o my-prov.o
is "-G -o" $? 0
is "-G of nothing" "$(status -G)" 2

# --- descriptions, scripts and their arguments ---
printf '#!/usr/sbin/dtrace -qs\nBEGIN { printf("%%d %%s\\n", $1, $$2); exit(0); }\n' >args.d
check "-qs script arguments" grep -q '"word"' <(tree -qs args.d 5 word)
uses '"-x"' -s args.d 5 -- -x
uses '"-q"' -s args.d -- 5 -q
uses '"-q"' args.d -- 5 -q
uses 'integer 7' 5 -n 'BEGIN { trace($1); trace($2); }' -q -x defaultargs 7
is "options after arguments" "$(status -s args.d 5 word -e -Y)" 2
check "options after arguments: said" grep -q "^dtc: invalid option -- 'Y'" err
uses 'string "/tmp/"' -n 'BEGIN { trace($$1); }' /tmp/
uses 'integer 7' -n 'BEGIN { trace($1); }' 7
uses 'integer 4711' -n BEGIN '{ trace(4711); }'
uses 'integer 4711' -n BEGIN '/4711/' '{ trace(1); }'
uses 'integer 4711' -P dtrace '/0/ { trace(4711); }'
uses 'integer 4711' -f vfs_read '/arg0/' '{ trace(4711); }'
uses 'integer 4711' -i 1 '{ trace(4711); }'
uses 'integer 4711' --module-probe ext4 '{ trace(4711); }'
uses 'integer 4711' -n 'int x; BEGIN { x = 4711; }'
uses 'integer 4711' -n BEGIN -s two.d -n 'END { trace(4711); }'
is "a script on standard input" "$(dtc -e -s - <two.d; echo $?)" 0

# --- statuses ---
is "-V" "$(dtc -V | grep -c '^dtc: D [0-9.]* (dtc [0-9.]*)$')" 1
is "-e" "$(status -e -n BEGIN)" 0
is "-32 -64 -Xc" "$(status -32 -64 -Xc -e -n BEGIN)" 0
is "-33" "$(status -33 -e -n BEGIN)" 2
is "-Xz" "$(status -Xz -e -n BEGIN)" 1
is "-a and -A have no effect" "$(status -a -A -e -n BEGIN; grep -c 'has no effect here' err)" "0
2"
is "-e -v: attributes, descriptions" "$(dtc -e -v -n 'BEGIN{}' 2>/dev/null | sed -n '2p;6p;14p;27p')" "Stability attributes for description BEGIN:
		Data Semantics:   Stable
:::BEGIN
		None"
dtc -ev -o report -n BEGIN >out 2>/dev/null
is "-v -o" "$(wc -l <out) $(grep -c 'Stability attributes for description BEGIN:' report)" "0 1"
is "-v -o of a file that cannot be" "$(status -ev -o no/such -n BEGIN; grep -c "failed to open output file 'no/such': No such file or directory" err)" "1
1"
is "-vV" "$(dtc -vV | wc -l)" 2
for modes in -lV '-l -h' -GV '-hG -s args.d'; do
	is "two modes: $modes" "$(status $modes)" 2
	check "two modes: $modes: said" grep -q 'only one of the \[-GhlV\] options' err
done
is "-32 -v says that it has no effect" "$(dtc -32 -v -e -n BEGIN 2>&1 | grep -c 'option -32 has no effect')" 1
is "an option without effect, without -v" "$(dtc -e -x temporal -n BEGIN 2>&1)" ""
is "no words at all" "$("$DTC" 2>&1 >/dev/null | head -n 1; "$DTC" 2>/dev/null; echo $?)" "Usage: dtc [options] SCRIPT.d [arguments]
2"
is "nothing to do" "$(status -q; cat err)" "1
dtc: no probes specified
  give a script, or a probe with -n"
is "a program without probes" "$(status -n 'int x;'; head -n 1 err)" "1
dtc: invalid probe specifier int x;: the program is empty"
is "-b with a bad size" "$(status -b 1x -n BEGIN; head -n 1 err)" "1
dtc: failed to set -b 1x: Invalid value for specified option"
is "-p of no process" "$(status -p x -n BEGIN; cat err)" "1
dtc: invalid pid: x"
is "-x of no option" "$(status -x aggsize1=5 -n BEGIN; cat err)" "1
dtc: failed to set -x aggsize1: Invalid option name
  did you mean 'aggsize'?"
for v in '1.x Version is not properly formatted or is too large' '1.99 Requested version is not supported by compiler'; do
	is "-x version=${v%% *}" "$(status -e -x version="${v%% *}" -n BEGIN; head -n 1 err)" "1
dtc: failed to set -x version: ${v#* }"
done
is "-x version twice" "$(status -e -x version=1.0 -x version=1.6 -n BEGIN; head -n 1 err)" "1
dtc: failed to set -x version: Requested version conflicts with earlier setting"
is "an option without its value" "$(status -n; head -n 1 err)" "2
dtc: option requires an argument -- 'n'"
is "no such script" "$(status -s nosuch.d; cat err)" "1
dtc: failed to open nosuch.d: No such file or directory"
DTRACE_OPT_ERRTAGS=1 DTRACE_OPT_STRSIZE=none dtc -e -n 'BEGIN { trace(x); }' 2>err
check "an option of the environment" grep -q D_IDENT_UNDEF err
DTRACE_OPT_STRSIZE=64 dtc --stop-after=emit -n '#pragma D option strsize=32
BEGIN { trace(execname); }' >of-environment; dtc --stop-after=emit -n '#pragma D option strsize=32
BEGIN { trace(execname); }' >of-script
check "the script wins over the environment" cmp of-environment of-script
is "an empty script" "$(status -e -s /dev/null)" 1
is "an empty script with -x empty" "$(status -e -x empty -s /dev/null)" 0

# --- -C ---
mkdir inc
printf '#define FROM_H 4711\n#define ADD(a, b) \\\n\t((a) + (b))\n' >inc/my.h
cat >cpp.d <<'SCRIPT'
#!/usr/sbin/dtrace -Cs
#include "my.h"
#ifdef NAME
BEGIN { trace(NAME); }
#else
BEGIN { trace(ADD(FROM_H, 1)); }
#endif
END
{
	trace(nosuch);
}
SCRIPT
cp cpp.d inc
sed 's/nosuch/1/' cpp.d >good.d
uses '= 4712\|integer 4711' -C -I inc -s good.d
uses 'integer 12' -CIinc -D NAME=12 -s good.d
uses 'integer 4711' -C -Iinc -DNAME=12 -UNAME -s good.d
uses 'integer 12' -x cpp -x incdir=inc -x define=NAME=12 -s good.d
uses 'integer 5' -C -n 'BEGIN { trace(X); }' -DX=5
uses 'integer 1' -C -n '#if __SUNW_D && __linux && __Linux && __unix && __SVR4 && defined(__x86_64__) && __amd64 && __SUNW_D_64 && !defined(__GNUC__)
BEGIN { trace(1); }
#endif'
uses 'integer 1' -C -x version=1.2.1 -n '#if __SUNW_D_VERSION == 0x01002001
BEGIN { trace(1); }
#endif'
uses 'integer 1' -C -n '#if __SUNW_D_VERSION >= 0x02000000 && __STDC_VERSION__ == 199901L
BEGIN { trace(1); }
#endif'
uses 'string "x"' -C -Xs -n '#define S(a) "a"
BEGIN { trace(S(x)); }'
printf '#!/usr/sbin/dtrace -CXs\n#define N 12\nBEGIN { trace(N); }\n' >traditional.d
uses 'integer 12' -C -Xs -s traditional.d
uses 'integer 2' -C -x cppargs='-DA=1  -DB=2' -n 'BEGIN { trace(B); }'
for h in sys/types.h stdio.h stdlib.h string.h sys/stat.h sys/socket.h errno.h linux/fs.h; do
	check "-C: #include <$h>" dtc -e -C -n "#include <$h>
BEGIN { trace(1); }"
done
dtc -e -C -H -Iinc -s good.d 2>err
is "-C -H" "$(cat err)" ". inc/my.h"
dtc -e -C -s inc/cpp.d 2>err
is "-C: lines are the script's, files beside it are found" "$(head -n 2 err)" "dtc: failed to compile script inc/cpp.d: line 10: unknown variable 'nosuch'
   10 |  trace(nosuch);"
is "-C: a missing file: status" "$(status -e -C -s cpp.d)" 1
is "-C: a missing file" "$(cat err)" 'dtc: failed to compile script cpp.d: line 2: my.h: No such file or directory
    2 | #include "my.h"
      |          ^'
printf '#if\n#endif\n' >inc/bad.h
is "-C: an error in an included file: status" "$(status -e -C -n '#include "inc/bad.h"
BEGIN {}')" 1
is "-C: an error in an included file" "$(head -n 1 err)" "dtc: failed to compile script inc/bad.h: line 1: #if with no expression"
printf 'inline int x = nosuch;\n' >inc/def.h
dtc -e -C -n '#include "inc/def.h"
BEGIN {}' 2>err
check "-C: an error of D in an included file" grep -q 'failed to compile script inc/def.h: line 1: unknown variable' err
printf '#error not this way\nBEGIN {}\n' >error.d
dtc -e -C -xerrtags -s error.d 2>err
is "-C: #error" "$(head -n 1 err)" "dtc: failed to compile script error.d: [D_PRAGERR] line 1: #error: not this way"
is "-C: no preprocessor: status" "$(status -e -C -x cpppath=/nonexistent/cpp -s good.d)" 1
check "-C: no preprocessor" grep -q 'apt-get install cpp' err

# --- macro arguments ---
uses 'probe dtrace:::BEGIN' -n '$1:::$2 { trace(1); }' dtrace BEGIN
uses 'probe syscall::read\*:entry' -n 'syscall::$1:entry { trace(1); }' 'read*'
uses 'probe :::tick-5s' -n 'tick-$1 { }' 5s
uses 'integer -5' -n 'BEGIN { trace($1); }' -- -5
uses 'integer -7' -s /dev/stdin 5 -7 <<<'BEGIN { trace($2); }'
uses 'integer 16' -n 'BEGIN { trace($1); }' 0x10
uses 'builtin execname' -n 'BEGIN { trace($1); }' execname
uses 'member ->pid' -n 'BEGIN { trace(curthread->$1); }' pid
uses 'string "a b"' -n 'BEGIN { trace($$1); }' 'a b'
uses 'string "/etc/passwd"' -n 'BEGIN { trace($1); }' /etc/passwd
uses 'string "a b"' -n 'BEGIN { trace($1); }' '"a b"'
uses 'string "5x"' -n 'BEGIN { trace($1); }' 5x
is "escapes in arguments" "$(tree -n 'BEGIN { trace($1); trace($$1); }' '\x41\102-' | grep -c 'string "AB-"')" 2
uses 'symbol vmlinux`jiffies' -n 'BEGIN { trace($1); }' 'vmlinux`jiffies'
uses 'probe :::BEGIN' -n '#!/usr/sbin/dtrace -s
BEGIN
#!and once more
{}'
uses 'array 97 of int' -n 'int z[$1]; BEGIN { z[0] = 1; }' 97
uses 'integer 0' -x defaultargs -n 'BEGIN { trace($1); }'
uses 'string ""' -x defaultargs -n 'BEGIN { trace($$1); }'
uses 'integer 7' -x argref -n 'BEGIN { trace($1); }' 7 8
uses 'integer 8' -n 'BEGIN { trace($2); }' 7 8
uses 'macro $target' -n 'BEGIN { trace($$target); }'
uses 'D_MACRO_OFLOW' -x errtags -n 'BEGIN { trace($1); }' 99999999999999999999
uses 'D_MACRO_UNDEF' -x errtags -n 'BEGIN { trace($1); }'
uses 'D_MACRO_UNDEF' -x errtags -n 'BEGIN { trace($4294967297); }'
uses 'D_MACRO_UNUSED' -x errtags -n 'BEGIN { trace($1); }' 7 8
uses 'D_MACRO_UNUSED' -x errtags -x defaultargs -n 'BEGIN { trace(1); }' 8
is "no second error where an argument's use is wrong" "$(tree -n 'BEGIN { trace($nosuch); trace($2); }' 1 | grep -c '^dtc:')" 2

# --- -L ---
mkdir l1 l2 l3
echo 'inline int A = 1;' >l1/a.d
printf '#pragma D depends_on library a.d\ninline int B = A + 1;\n' >l2/b.d
printf '#pragma D depends_on library zz.d\ninline int C = Z;\n' >l2/c.d
echo 'inline int Z = 9;' >l2/zz.d
printf '#pragma D depends_on provider nosuchprov\ninline int P = 1;\n' >l3/p.d
echo 'inline int A = 5;' >l3/a.d
uses 'int = 11' -L l1 -L l2 -n 'BEGIN { trace(B + C); }'
uses 'int = 11' -L l2 -L l1 -n 'BEGIN { trace(B + C); }'
uses 'int = 1' -x libdir=l1 -n 'BEGIN { trace(A); }'
uses "unknown variable 'B'" -L l2 -n 'BEGIN { trace(B); }'
uses "library l2/b.d is left out: it depends on the library 'a.d'" -v -L l2 -n 'BEGIN { trace(1); }'
uses "library l3/p.d is left out: it depends on the provider 'nosuchprov'" -v -L l3 -n 'BEGIN { trace(1); }'
uses "identifier redefined: A" -L l1 -n 'inline int A = 3; BEGIN { trace(A); }'
uses "unknown variable 'A'" -x nolibs -L l1 -n 'BEGIN { trace(A); }'
is "-L of no folder" "$(dtc -e -L nosuch -n BEGIN 2>&1)" "dtc: warning: cannot read the libraries in nosuch: No such file or directory"

# --- -p ---
check "-e: a process that is not there" says "failed to grab pid 999999999: No such process" "$DTC" -e -p 999999999 -n BEGIN

# --- -l of a program ---
check "-l: a program's mistakes are shown" says "unknown variable 'nosuch'" dtc -l -n 'BEGIN { trace(nosuch); }'
is "-l: a program without any, of which a description matches nothing" "$(dtc -l -n 'nosuch:::{ trace(1); }' -n 'BEGIN { trace(2); }' 2>/dev/null | tail -n 1 | awk '{ print $NF }')" BEGIN

# --- dtrun --inspect ---
dtc -m pair -n 'fbt::vfs_read:entry { self->in = 1; }' -n 'fbt::vfs_read:return /self->in/ { exit(0); }'
is "--inspect: entry and return that are attached as one" "$("${DTC%/translator/dtc}/runtime/user/dtrun" --inspect pair.ko | sed -n 's/^ *[0-9]* fbt:/fbt:/p' | sort)" "fbt:vmlinux:vfs_read:entry
fbt:vmlinux:vfs_read:return"
