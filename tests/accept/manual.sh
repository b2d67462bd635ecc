# SPDX-License-Identifier: GPL-2.0
# The manual pages: every option of the command line and of -x is there, and roff has nothing to say. Runs on the host, with DTC set.
. "$(dirname "$0")/../kernel-lib.sh"
pages=$(cd "$(dirname "$DTC")/../doc" && pwd)
text=$(sed 's/\\-/-/g; s/\\f[A-Z]//g' "$pages/dtc.1")

missing=
for flag in $("$DTC" --complete=flag -- - | cut -f 1) -a -A -G; do
	grep -qE -- "^\.(B|BI|BR|IR|RB).*[ \"]?${flag%=}\b" <<<"$text" || missing+=" $flag"
done
is "dtc(1) has every option" "$missing" ""
missing=
for option in $("$DTC" --complete=option -- '' | cut -f 1 | tr -d =); do
	grep -qx -- "$option" <<<"$text" || missing+=" $option"
done
is "dtc(1) has every option of -x" "$missing" ""
for page in dtc.1 dtrun.1 d.7; do
	check "$page: no line for the generator is left" eval '! grep -q "^\.TABLE" "$pages/$page"'
	if command -v mandoc >/dev/null; then
		is "$page: mandoc" "$(mandoc -Tlint -Wwarning "$pages/$page" 2>&1 | head -n 3)" ""
	fi
	if command -v man >/dev/null && command -v troff >/dev/null; then
		is "$page: man" "$(MANROFFSEQ= man --warnings -E UTF-8 -l -Tutf8 -Z "$pages/$page" 2>&1 >/dev/null | head -n 3)" ""
	fi
done
