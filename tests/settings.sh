#!/bin/sh
# Settings of a demo's own network: they hold there and nowhere else, the figures are the
# kernel's, and --real-time leaves them alone.
. "${srcdir:-.}/tests/lib.sh"

own=/proc/sys/net/ipv4

cat >silent.md <<'EOF'
<!-- demo: id=silent link=none patience=9s settings=tcp_syn_retries=1 -->

| Process A                       | Process B                       |
|---------------------------------|---------------------------------|
|                                 | `listener = socket(AF_INET)`    |
|                                 | `bind(listener, "127.0.0.1:0")` |
|                                 | `listen(listener)`              |
|                                 | `cut wire`                      |
| `sock = socket(AF_INET)`        |                                 |
| `connect(sock, addr(listener))` |                                 |
| `ETIMEDOUT`                     |                                 |
EOF
cat >data.md <<'EOF'
<!-- demo: id=data link=tcp patience=9s settings=tcp_retries2=2 -->

| Process A   | Process B  |
|-------------|------------|
|             | `cut wire` |
| `send()`    |            |
| `recv()`    |            |
| `ETIMEDOUT` |            |
EOF
cat >alive.md <<'EOF'
<!-- demo: id=alive link=tcp6 patience=9s
settings="tcp_keepalive_time=1,tcp_keepalive_intvl=1,tcp_keepalive_probes=1" -->

| Process A                                       | Process B  |
|-------------------------------------------------|------------|
| `setsockopt(sock, SOL_SOCKET, SO_KEEPALIVE, 1)` |            |
|                                                 | `cut wire` |
| `recv()`                                        |            |
| `ETIMEDOUT`                                     |            |
EOF

# begin NAME COMMAND...: run it in the background, JSON lines to NAME.json. The runs mostly wait
# for the kernel's clocks, each in a network of its own.
begin() {
	name=$1
	shift
	{
		status=0
		"$@" >"$name.json" 2>"$name.err" || status=$?
		echo "$status" >"$name.status"
	} &
}
run_json() {
	begin "$1" "$SOCKTUTOR" run --format json "$1.md"
}

# ran STATUS NAME: with what exit status it has ended.
ran() {
	check "$2: exit status $1" test "$(cat "$2.status")" -eq "$1"
	[ "$1" -ne 0 ] || cat "$2.err"
}

# waited NAME: ms from A's first segment that was lost, if any, or else from its call to the end
# of the call.
waited() {
	sed -n 's/.*"ns":\([0-9]*\),"kind":"\([a-z]*\)","role":"A"\(.*\)/\1 \2 \3/p' "$1.json" |
		awk '
		$2 == "call" { call = $1 }
		$2 == "segment" && /"lost":true/ && !first { first = $1 }
		$2 == "return" && /ETIMEDOUT/ { end = $1 }
		END { print int((end - (first ? first : call)) / 1000000) }'
}
between() {
	check "$1: ETIMEDOUT comes after $2 to $3 ms" \
		test "$(waited "$1")" -ge "$2" -a "$(waited "$1")" -le "$3"
}

# says NAME WORDS: the director says so before row 1.
says() {
	check "$1 says: $2" grep -q "\"kind\":\"director\",\"row\":0,\"text\":\"[^\"]*$2" "$1.json"
}

# The wrong answers.
sed 's/tcp_syn_retries=1/tcp_syn_retries=2/' silent.md >longer.md
sed 's/ETIMEDOUT/= 0/' silent.md >wrong.md
# Without settings the kernel's defaults hold, and nobody says anything.
cat >plain.md <<'EOF'
<!-- demo: link=tcp -->

| Process A | Process B |
|-----------|-----------|
| `send()`  |           |
EOF

# In real time this machine's own settings hold: here a machine's whose own are short.
as_machine() {
	# shellcheck disable=SC2016 # for the inner shell
	unshare -r -n sh -c 'echo "$1" >/proc/sys/net/ipv4/tcp_syn_retries && shift && exec "$@"' \
		sh "$@"
}
sed 's/patience=9s/patience=1s/' silent.md >hasty.md
sed 's/patience=9s/patience=4s/' silent.md >patient.md

before=$(cat "$own"/tcp_*)
retries=$(cat $own/tcp_syn_retries)
for name in silent data alive longer wrong plain; do
	run_json "$name"
done
begin again "$SOCKTUTOR" run data.md
begin short sh -c 'printf "\nq\n" | "$SOCKTUTOR" open --plain --no-predictions errors-at-once#cut'
begin whole sh -c \
	'printf "\nq\n" | "$SOCKTUTOR" open --plain --no-predictions --real-time errors-at-once#cut'
if as_machine 2 true 2>/dev/null; then
	begin real as_machine 1 "$SOCKTUTOR" run --real-time --format json longer.md
	begin impatient as_machine 2 "$SOCKTUTOR" run --format json hasty.md
	begin patient as_machine 2 "$SOCKTUTOR" run --real-time --format json patient.md
	begin other as_machine 5 "$SOCKTUTOR" run --format json silent.md
fi
wait

ran 0 silent
if grep -q '"cannot":"isolate"' silent.json; then
	check 'without a network of its own the settings cannot be made' \
		grep -q '"cannot":"set"' silent.json
	skip 'there is no network of its own on this machine'
fi
between silent 2900 4500
says silent "Shortened: tcp_syn_retries is 1 here, so connect() gives up after about 3 s; with this machine's own, $retries, it would take "
ran 0 data
between data 3000 4500
says data 'Shortened: tcp_retries2 is 2 here, so bytes that nobody confirms are given up after about 3.2 s; '
ran 0 alive
says alive 'SO_KEEPALIVE gives a silent connection up after about 2 s; '
check "nothing of this machine's has changed" test "$before" = "$(cat "$own"/tcp_*)"
ran 0 longer
check 'another setting takes another time' test "$(waited longer)" -gt 6000
ran 1 wrong
ran 0 plain
refuse 'without settings nothing is said' grep -q '"kind":"director"' plain.json

# What is printed can be run again.
mv again.json again.md
check 'what was shortened stands below the table' grep -q '^Shortened: tcp_retries2 is 2 here' again.md
check 'the settings are printed again' grep -q 'settings=tcp_retries2=2' again.md
check 'and are right' "$SOCKTUTOR" lint again.md
sed 's/tcp_retries2/tcp_retries/' data.md >typo.md
status=0
"$SOCKTUTOR" lint typo.md >out 2>&1 || status=$?
check 'a slip is an error' test "$status" -ne 0
check 'and what would be right is said' \
	grep -q "^typo.md:1: no setting 'tcp_retries' (did you mean 'tcp_retries[12]'?)" out

check '--plain says what is shortened' grep -q 'Shortened: tcp_retries2 is 1 here' short.json
check '--plain --real-time says what is not' grep -q 'In real time: tcp_retries2 is' whole.json

if [ ! -e real.json ]; then
	leave_out 'a machine with other settings cannot be made here'
	finish
fi
ran 0 real
between real 2900 4500
says real 'In real time: tcp_syn_retries is 1, as on this machine, so connect() gives up after about 3 s'
ran 1 impatient
ran 0 patient
check 'the row waits as much longer' test "$(waited patient)" -gt 6000
ran 0 other
says other "with this machine's own, 5, it would take"
finish
