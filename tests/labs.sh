#!/bin/sh
# Labs are played by lint: a solution must meet the goal, a wrong attempt must not.
. "${srcdir:-.}/tests/lib.sh"

table='| Process A | Process B |
|---|---|'

# lab GOAL SOLUTION WRONG [MORE]: a lesson file with one lab.
lab() {
	cat <<END
# A lab

<!-- lab: id=reset link=tcp ${4:-} -->

Make Process A see it.

$table
$1

<!-- hint -->

Who has not read what?

<!-- solution -->

$table
$2

<!-- wrong -->

$table
$3
END
}

says() {
	check "$1" grep -qF -- "$2" err
}

right='| send() | |
| | close() |
| recv() | |'
wrong='| | close() |
| recv() | |'

lab '| ECONNRESET | |' "$right" "$wrong" >good.md
check 'a lab with both is well' "$SOCKTUTOR" lint good.md

lab '| ECONNRESET | |' "$wrong" "$wrong" >bad.md
refuse 'a solution that does not meet the goal' "$SOCKTUTOR" lint bad.md 2>err
says 'it says which line' 'bad.md:17: this solution does not meet the goal: line 9 is not reached'

lab '| ECONNRESET | |' "$right" "$right" >bad.md
refuse 'a wrong attempt that meets the goal' "$SOCKTUTOR" lint bad.md 2>err
says 'it says which line' 'bad.md:25: this wrong attempt meets the goal; it must not'

# What is met in another order is not met.
lab '| ECONNRESET | |
| = 5 | |' "$right" "$wrong" >bad.md
refuse 'a goal in the wrong order' "$SOCKTUTOR" lint bad.md 2>err
says 'it says what is not reached' 'line 10 is not reached'

lab '| ECONNRESET | |' "$right
| = 3 | |" "$wrong" >bad.md
refuse 'a solution with an outcome that does not hold' "$SOCKTUTOR" lint bad.md 2>err
says 'it says which row' 'bad.md:22: this row of a solution does not hold'
says 'and what was seen' 'Process A: expected = 3, saw = -1 ECONNRESET'

lab '| ECONNRESET | |' "$right" "$wrong
| ETIMEDOUT | |" >bad.md
refuse 'a wrong attempt that shows what is not so' "$SOCKTUTOR" lint bad.md 2>err
says 'it says which row' 'bad.md:29: this row of a wrong attempt does not hold'
says 'and what was seen' 'Process A: expected ETIMEDOUT, saw = 0 (EOF)'

lab '| ECONNRESET | |' "$right" "$wrong" allow=recv,close >bad.md
refuse 'a solution with a call that is not allowed' "$SOCKTUTOR" lint bad.md 2>err
says 'it says which call' 'bad.md:19: a solution uses send(), which the lab does not allow'

killed='| send() | |
| | kill -9 |
| GotRST | |
| recv() | |'
lab '| ECONNRESET | |' "$killed" "$wrong" >bad.md
refuse 'a solution in which something is done from outside' "$SOCKTUTOR" lint bad.md 2>err
says 'it says what' 'bad.md:20: a solution uses kill -9, which the lab does not allow'
lab '| ECONNRESET | |' "$right" '| | kill -9 |
| recv() | |' >bad.md
refuse 'a wrong attempt, too' "$SOCKTUTOR" lint bad.md 2>err
says 'it says so' 'bad.md:27: a wrong attempt uses kill -9, which the lab does not allow'
lab '| ECONNRESET | |' "$killed" "$wrong" allow=kill >good.md
check 'where the lab allows it' "$SOCKTUTOR" lint good.md

lab '| ECONNRESET | |' "$right" "$wrong" | sed '/wrong/,$d' >bad.md
refuse 'a lab without a wrong attempt' "$SOCKTUTOR" lint bad.md 2>err
says 'it says so' 'a lab needs a table after <!-- wrong -->'

lab '| ECONNRESET | |' "$right" "$wrong" | sed '/solution/,/wrong/{/wrong/!d}' >bad.md
refuse 'a lab without a solution' "$SOCKTUTOR" lint bad.md 2>err
says 'it says so' 'a lab needs a table after <!-- solution -->'

lab '| close() | |' "$right" "$wrong" >bad.md
refuse 'a goal without an outcome' "$SOCKTUTOR" lint bad.md 2>err
says 'it says so' 'bad.md:7: a goal needs an outcome'

# B plays by the table: here it closes, and nothing else.
script='| | close(sock) |
| EOF | |'
lab "$script" "$wrong" '| recv() | |' >good.md
check 'a role that plays by the table, or has not yet' "$SOCKTUTOR" lint good.md
lab "$script" "$wrong" '| | kill -9 |
| recv() | |' >bad.md
refuse 'a wrong attempt in which it does something else' "$SOCKTUTOR" lint bad.md 2>err
says 'it says what would be right' \
	"bad.md:27: Process B plays by the goal's table: close(sock) would be right, not kill -9"
lab "$script" '| | close() |
| | exit(0) |
| recv() | |' '| recv() | |' >bad.md
refuse 'a solution in which it does more' "$SOCKTUTOR" lint bad.md 2>err
says 'it says so' "bad.md:21: Process B plays by the goal's table: nothing more would be right"

lab '| ECONNRESET | |' "$right" "$wrong" >good.md
{ cat good.md; sed 1d good.md; } >bad.md
refuse 'the same id twice' "$SOCKTUTOR" lint bad.md 2>err
says 'it says so' "the id 'reset' is another lab's already"

# Without a screen: lines in, lines out, and what is met is kept.
plain() {
	printf '%s\n' "$@" | "$SOCKTUTOR" --plain open good.md >out
}

plain '' '' 'A send()' 'A recvv()' h 'B close()' A 'A recv()' q q
check 'plain: it says what is wanted' grep -q 'Process A: ECONNRESET is wanted next; so far: no call' out
check 'plain: a misspelt call is said' grep -q "did you mean 'recv'?" out
check 'plain: a hint is given' grep -q 'Who has not read what?' out
check 'plain: a role without a table has nothing to take' grep -q 'Its table has nothing more' out
check 'plain: the goal is met' grep -q 'The goal is met' out
check 'plain: it is kept' grep -q '"reset"' "$XDG_STATE_HOME/socktutor/progress.json"

check 'plain: without its solution' sh -c '! grep -q helped "$0"' "$XDG_STATE_HOME/socktutor/progress.json"

rm -r "$XDG_STATE_HOME/socktutor"
plain '' '' h h 'A send()' 'B close()' 'A recv()' q q
check 'plain: after its solution, which is noted' grep -q '"helped"' "$XDG_STATE_HOME/socktutor/progress.json"

plain '' '' 'B close()' 'A recv()' q q
refuse 'plain: another way does not meet it' grep -q 'The goal is met' out

plain '' '' 'A send()' 'B close()' u 'B recv()' 'B close()' 'A recv()' q q
refuse 'plain: what was undone does not count' grep -q 'The goal is met' out
# What the notation's page says of labs can be played.
sed -n '/^    <!-- lab: id=end/,/^###/{/^###/!s/^    //p;/^$/p}' "$srcdir/doc/NOTATION.md" >page.md
check 'the page has an example' grep -q '^<!-- wrong -->' page.md
check 'it is right' "$SOCKTUTOR" lint page.md
check 'and so are the tables of the page' "$SOCKTUTOR" lint "$srcdir/doc/NOTATION.md"
finish
