#!/bin/sh
# Every order of two short scripts gives a table, and running that gives the same again.
. "${srcdir:-.}/tests/lib.sh"

cat >scripts.md <<'END'
<!-- demo: id=two link=unix -->

| Process A         | Process B  |
|-------------------|------------|
| send(sock, "one") |            |
|                   | recv()     |
| = 99              |            |
| recv(sock, 1)     |            |
|                   | close()    |
END

for order in AABB ABAB ABBA BAAB BABA BBAA A B AB BA AA; do
	status=0
	"$SOCKTUTOR" run scripts.md --order "$order" >"$order.md" 2>err || status=$?
	case $order in
	BBAA)
		# B waits for what A has not sent yet: it cannot close.
		check "$order: B sleeps when its second turn comes" test "$status" -eq 2
		check "$order: it says so" grep -q 'move 2: Process B cannot move: it sleeps' err
		;;
	AABB | AA)
		check "$order: runs" test "$status" -eq 0
		check "$order: A's second call is pending" grep -q '`blocks`' "$order.md"
		;;
	*)
		check "$order: runs" test "$status" -eq 0
		;;
	esac
	[ "$status" -eq 0 ] || continue
	check "$order: what came about is run again" "$SOCKTUTOR" run "$order.md" >/dev/null
	check "$order: nothing that the table promised is asked for" \
		sh -c "! grep -q 99 '$order.md'"
done

check 'a pending call returns in the row that lets it' grep -q '`EOF`' AABB.md
check 'an order that is none is refused' \
	sh -c '! "$0" run scripts.md --order ABC >/dev/null 2>err' "$SOCKTUTOR"
check 'and said' grep -q "the letters A and B, such as ABBA, not 'ABC'" err
check 'a fifth move is one too many' sh -c '"$0" run scripts.md --order AABBA 2>err; test $? -eq 2' "$SOCKTUTOR"
check 'it says so' grep -q 'move 5: Process A cannot move: its column has no further action' err

# A wrong table is seen to be wrong.
sed 's/`= 3`/`= 4`/' AB.md >wrong.md
check 'a table with one number changed differs' sh -c '! "$0" run wrong.md >/dev/null 2>&1' "$SOCKTUTOR"
finish
