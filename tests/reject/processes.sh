# Processes that are not there, which are looked for on this host only. Runs on the host, with DTC set.
. "$(dirname "$0")/../kernel-lib.sh"
message="dtc: invalid probe specifier pid99999999:a.out:main:entry: [D_PROC_GRAB] there is no process 99999999
    1 | pid99999999:a.out:main:entry
      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~"
is "probes of a process that is not there" "$("$DTC" -e -xerrtags -n 'pid99999999:a.out:main:entry' 2>&1)" "$message"
