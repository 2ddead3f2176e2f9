#!/bin/sh
# `run --pcap`: the file has the segments that the run shows, as tshark reads them, and is
# whole or not there.
. "${srcdir:-.}/tests/lib.sh"

# A file of segments, a line each: protocol, ports, flags, relative numbers, window, length.
# from_json: by `run --format json`. Of ICMP only the code is in both.
from_json() {
	awk '
	function member(name,    s) {
		if (!match($0, "\"" name "\":(\"[^\"]*\"|\\[[^]]*\\]|[0-9]+)"))
			return ""
		s = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
		gsub(/"/, "", s)
		return s
	}
	function flags(names,    sum) {
		sum = 0
		if (names ~ /FIN/) sum += 1
		if (names ~ /SYN/) sum += 2
		if (names ~ /RST/) sum += 4
		if (names ~ /PSH/) sum += 8
		if (names ~ /ACK/) sum += 16
		if (names ~ /URG/) sum += 32
		return sum
	}
	/"kind":"segment"/ {
		if (member("protocol") == "tcp")
			print "tcp", member("from"), member("to"), flags(member("flags")), member("seq"),
				member("ack") == "" ? 0 : member("ack"), member("window"), member("len")
		else if (member("protocol") == "udp")
			print "udp", member("from"), member("to"), member("len")
		else
			print "icmp", member("code")
	}' "$1"
}

# from_pcap: by tshark. What ICMP quotes of a datagram has ports, too.
from_pcap() {
	tshark -r "$1" -T fields -E separator=, -E occurrence=f -e icmp.code -e icmpv6.code \
		-e udp.srcport -e udp.dstport -e udp.length \
		-e tcp.srcport -e tcp.dstport -e tcp.flags -e tcp.seq -e tcp.ack \
		-e tcp.window_size_value -e tcp.len 2>/dev/null |
		while IFS=, read -r icmp icmp6 from to length a b flags seq ack window len; do
			if [ -n "$icmp" ]; then
				echo "icmp $icmp"
			elif [ -n "$icmp6" ]; then
				# Port unreachable is 4 there; the run says 3 for both.
				echo "icmp $((icmp6 == 4 ? 3 : icmp6))"
			elif [ -n "$from" ]; then
				echo "udp $from $to $((length - 8))"
			else
				# Without its flag the number of an acknowledgement means nothing.
				[ $((flags & 16)) -ne 0 ] || ack=0
				echo "tcp $a $b $((flags)) $seq $ack $window $len"
			fi
		done
}

# Seconds between the first segment and each, in tenths of a millisecond.
times_json() {
	sed -n 's/.*"ns":\([0-9]*\),"kind":"segment".*/\1/p' "$1" |
		awk 'NR == 1 { first = $1 } { printf "%d\n", ($1 - first) / 100000 }'
}
times_pcap() {
	tshark -r "$1" -T fields -e frame.time_relative 2>/dev/null |
		awk '{ printf "%d\n", $1 * 10000 }'
}

# close_to FILE FILE: the same numbers, or next to each other.
close_to() {
	[ "$(wc -l <"$1")" -eq "$(wc -l <"$2")" ] &&
		paste "$1" "$2" | awk '{ d = $1 - $2; if (d < -1 || d > 1) exit 1 }'
}

# like NAME: the JSON and the capture of NAME have the same segments, at least one.
like() {
	from_json "$1.json" >"$1.here"
	from_pcap "$1.pcap" >"$1.there"
	[ -s "$1.here" ] && diff "$1.here" "$1.there"
}

# capture NAME ARGS...: run ARGS, with JSON and capture.
capture() {
	name=$1
	shift
	status=0
	"$SOCKTUTOR" run --no-rehearsal --format json --pcap "$name.pcap" "$@" >"$name.json" 2>"$name.err" ||
		status=$?
}

cat >one.md <<'EOF'
<!-- demo: id=one link=tcp a-misses=FIN -->

| Process A    | Process B |
|--------------|-----------|
|              | `close()` |
| `send()`     |           |
|              | `RESET`   |
| `recv()`     |           |
| `ECONNRESET` |           |
EOF
cat >unix.md <<'EOF'
| Process A         | Process B |
|-------------------|-----------|
|                   | `close()` |
| `send()`          |           |
| `EPIPE + SIGPIPE` |           |
EOF

# Nothing is run where the file could not be written.
refused() {
	status=0
	"$SOCKTUTOR" run --pcap "$1" one.md >out 2>err || status=$?
	check "--pcap $1: exit status 2" test "$status" -eq 2
	check 'and one sentence' test "$(wc -l <err)" -eq 1
	check "and it says: $2" grep -q "$2" err
	check 'and nothing is run' test ! -s out
}
mkdir directory
refused nowhere/x.pcap 'No such file or directory'
refused directory 'Is a directory'
refused '' 'No such file or directory'
refused new/ 'Is a directory'

# Unix sockets have no wire: that is said, and the file is empty but for its head.
capture unix unix.md
check 'a demo of Unix sockets: exit status 0' test "$status" -eq 0
check 'that there is no wire is said' grep -q 'Unix sockets have no wire' unix.err
check 'the file has its head' test "$(wc -c <unix.pcap)" -eq 24
check 'it is readable as other files are' \
	test "$(stat -c %a unix.pcap)" = "$(printf %o $((0666 & ~0$(umask))))"

if [ -x "$builddir/tests/refuse" ]; then
	echo old >none.pcap
	status=0
	"$builddir/tests/refuse" unshare "$SOCKTUTOR" run --pcap none.pcap one.md >out 2>err || status=$?
	check 'where nothing can be captured: exit status 2' test "$status" -eq 2
	check 'it is said' grep -q 'Segments cannot be seen here' err
	check 'and the old file stays' test "$(cat none.pcap)" = old
fi

capture one one.md
if grep -q 'Segments cannot be seen here' one.err; then
	check 'without a capture: exit status 2' test "$status" -eq 2
	skip 'segments cannot be captured on this machine'
fi
check 'a demo over TCP: exit status 0' test "$status" -eq 0
check 'nothing is said' test ! -s one.err

# A file of that name is replaced when all is well, and only then.
echo old >old.pcap
capture old one.md
check 'a file of that name is replaced' test "$(wc -c <old.pcap)" -gt 24
ln -s target.pcap link.pcap
echo old >target.pcap
capture link one.md
check 'a link stays a link' test -L link.pcap
check 'and what it leads to is replaced' test "$(wc -c <target.pcap)" -gt 24
echo old >kept.pcap
capture kept nothing-of-this-name
check 'nothing was run: exit status 2' test "$status" -eq 2
check 'and the old file stays' test "$(cat kept.pcap)" = old

# A full disk, a limit on files, a reader that goes.
status=0
"$SOCKTUTOR" run --pcap /dev/full one.md >out 2>err || status=$?
check 'a full disk: exit status 2' test "$status" -eq 2
check 'and it is said' grep -q 'The capture cannot be written: No space left on device' err
check 'the demo is run all the same' grep -q ECONNRESET out
echo old >limited.pcap
(
	ulimit -f 0
	"$SOCKTUTOR" run --pcap limited.pcap one.md 2>&1 | cat
) | cat >limited.out
check 'a limit on files is said' grep -q 'The capture cannot be written: File too large' limited.out
check 'the old file stays' test "$(cat limited.pcap)" = old
mkfifo fifo
head -c 30 <fifo >half &
status=0
timeout 60 "$SOCKTUTOR" run --pcap fifo --repeat 200 one.md >out 2>err || status=$?
wait
check 'a reader that goes: exit status 2' test "$status" -eq 2
check 'a FIFO is written to as it is' test "$(wc -c <half)" -eq 30
check 'that the reader has gone is said' grep -q 'The capture cannot be written: Broken pipe' err
check 'and stays a FIFO' test -p fifo

# Whatever ends the run, nothing is left of the file.
mkdir ended
sed 's/`recv()`/`wait 5s`/; s/`ECONNRESET`//' one.md >long.md
timeout -s KILL 1 "$SOCKTUTOR" run --pcap ended/x.pcap long.md >out 2>&1
check 'a run that is killed leaves no file' test -z "$(ls -A ended)"

# What tshark reads.
if ! command -v tshark >/dev/null 2>&1; then
	leave_out 'there is no tshark to read what was captured'
	finish
fi
check 'tshark reads the same segments' like one
times_json one.json >one.ns
times_pcap one.pcap >one.times
check 'at the same times' close_to one.ns one.times
check 'the lost FIN was on the wire' grep -q '^tcp [0-9]* [0-9]* 17 ' one.there

# The wrong answers: one segment too few, one number too much, later times.
wrong() {
	cp one.pcap "$1.pcap"
	like "$1" >/dev/null
}
sed '/"flags":\["RST"\]/d' one.json >fewer.json
refuse 'a segment too many is found' wrong fewer
sed 's/"len":5/"len":6/' one.json >longer.json
refuse 'another length is found' wrong longer
sed 's/\["RST"\]/["RST","ACK"]/' one.json >other.json
refuse 'other flags are found' wrong other
awk 'NR == 3 { $1 += 2 } { print }' one.ns >later.ns
refuse 'another time is found' close_to later.ns one.times

# Every link, payloads longer than what the run shows, several demos and runs in one file.
for link in tcp tcp6 udp; do
	cat >long.md <<EOF
<!-- demo: id=long link=$link -->

| Process A                  | Process B            |
|----------------------------|----------------------|
| \`send(sock, "x", 9000)\`  |                      |
|                            | \`recv(sock, 9000)\` |
|                            | \`= 9000\`           |
|                            | \`send()\`           |
| \`recv()\`                 |                      |
| \`= "hello"\`              |                      |
| \`send(sock, "y", 60000)\` |                      |
EOF
	capture "$link" long.md
	check "link $link: exit status 0" test "$status" -eq 0
	check "link $link: the same segments" like "$link"
	bytes=$(tshark -r "$link.pcap" -T fields -e tcp.payload -e udp.payload 2>/dev/null |
		tr -cd '0-9a-f' | wc -c)
	check "link $link: every byte of them" test "$bytes" -eq $(((9000 + 5 + 60000) * 2))
done
lessons='connection-reset errors-at-once datagrams blocking'
for lesson in $lessons; do
	{
		capture "$lesson" "$lesson"
		echo "$status" >"$lesson.status"
	} &
done
wait
for lesson in $lessons; do
	check "$lesson: exit status 0" test "$(cat "$lesson.status")" -eq 0
	check "$lesson: the same segments" like "$lesson"
	tshark -r "$lesson.pcap" -Y '_ws.malformed || _ws.expert.severity == "Error"' >malformed 2>/dev/null
	check "$lesson: none is malformed" test ! -s malformed
	cat malformed
done
capture twice --repeat 2 one.md unix.md one.md
check 'several demos and runs share the file' test "$(from_pcap twice.pcap | grep -c ' 2 0 0 ')" -eq 4
finish
