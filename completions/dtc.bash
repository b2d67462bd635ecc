# SPDX-License-Identifier: GPL-2.0
# Completion of dtc's command line for bash. The candidates come from dtc itself.

_dtc()
{
	local line=${COMP_LINE:0:COMP_POINT} word before previous kind quote= kernel=() words w IFS=$' \t\n'

	# bash breaks words at colons and '=': take the line apart at blanks, or at an open quote
	word=${line##*[[:space:]]}
	case $word in
	\'*|\"*) quote=${word:0:1} word=${word:1} ;;
	esac
	before=${line%"$quote$word"}
	read -ra words <<<"$before"
	previous=${words[${#words[@]} - 1]}

	# which kernel
	for ((w = 1; w < ${#words[@]}; w++)); do
		case ${words[w]} in
		-r) [ -z "${words[w + 1]}" ] || kernel+=(-r "${words[w + 1]}") ;;
		--kernel-root=*) kernel+=("${words[w]}") ;;
		esac
	done

	case $previous in
	-n) kind=probe ;;
	-P) kind=provider ;;
	-f) kind=function ;;
	-x) kind=option ;;
	-r) kind=release ;;
	-s|-o|-L|-I|-c) kind=file ;;
	-b|-D|-U|-i|-m|-p) return ;;
	*)
		case $word in
		--stop-after=*) kind=pass ;;
		--module-probe=*) kind=module ;;
		--kernel-root=*|--vmlinux=*) kind=file ;;
		-*) kind=flag ;;
		*) kind=file ;;
		esac ;;
	esac
	case $word in
	--*=*) [ $kind = flag ] || word=${word#*=} ;;
	esac

	if [ $kind = file ]; then
		compopt -o filenames 2>/dev/null
		mapfile -t COMPREPLY < <(compgen -f -- "$word")
		return
	fi
	mapfile -t COMPREPLY < <("$1" "${kernel[@]}" --complete=$kind -- "$word" 2>/dev/null | cut -f 1)
	# more is to follow a part of a description, and the = of an option
	case ${COMPREPLY[*]} in
	*[:=]) compopt -o nospace 2>/dev/null ;;
	esac
	# what bash thinks to be words before this one
	if [ -z "$quote" ]; then
		local breaks="${COMP_WORDBREAKS//[^:=]/}" prefix
		[ -z "$breaks" ] || prefix=${word%"${word##*[$breaks]}"}
		[ -z "$prefix" ] || COMPREPLY=("${COMPREPLY[@]#"$prefix"}")
	fi
}

complete -F _dtc dtc
