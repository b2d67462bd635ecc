# Every variable of the module of known values, at every line where it can be had. @prepare: kmod/prepare @only: kernel @deadline: 300
insmod "$MODULES/dtc_locals.ko" || exit 1
"$DTRUN" --name=dtc -w -c 'sh -c "echo 1 >/sys/module/dtc_locals/parameters/run"' "$MODULES/locals.ko" >/tmp/locals.out 2>/tmp/locals.err
status=$?
[ $status = 0 ] || echo "not ok known values of locals - status $status, $(head -c 300 /tmp/locals.err)"
"$TOP/tests/kmod/verify" "$TOP/tests/kmod/dtc_locals.values" "$MODULES/locals.lines" /tmp/locals.out
rmmod dtc_locals
