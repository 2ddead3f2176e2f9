#!/bin/sh
# Lessons and cards in another language: which of them are taken, and that `lint --course` finds
# every place where a translation says something else than its original.
. "${srcdir:-.}/tests/lib.sh"

export XDG_STATE_HOME="$PWD/state"
export SOCKTUTOR_LESSONS="$PWD/here"
mkdir -p here/ko

demo() {
	printf '<!-- demo: id=%s link=tcp title="%s" -->\n\n' "$1" "$2"
	printf '| Process A (%s) | Process B | %s |\n|---|---|---|\n' "$3" "$4"
	printf '| | `close()` | %s |\n| `send(sock, "x")` | | %s |\n| `= 1` | | %s |\n\n' "$5" "$5" "$5"
}
question() {
	printf '%s\n\n- [x] %s\n\n  %s\n\n- [ ] %s\n\n  %s\n\n%s\n\n' "$1" "$1" "$1" "$1" "$1" "$1"
}
part() {
	printf '<!-- %s -->\n\n%s\n\n| Process A | Process B |\n|---|---|\n%s\n\n' "$1" "$2" "$3"
}
# lab ID TITLE WORDS
lab() {
	part "lab: id=$1 link=unix forbid=exit title=\"$2\"" "$3" '| `EPIPE` | |'
	printf '<!-- hint -->\n\n%s\n\n' "$3"
	part solution "$3" '| | `close()` |
| `send(sock, "x")` | |'
	part wrong "$3" '| `send(sock, "x")` | |'
}
# lesson ORDER TITLE END LABEL HEAD NOTE WORDS: a right one.
lesson() {
	printf -- '---\ntitle: %s\nsummary: S\nminutes: 5\norder: %s\n' "$2" "$1"
	[ "$1" -eq 1 ] || printf 'after: [first]\n'
	printf -- '---\n\n# %s\n\n%s:\n\n- `close()`, `send()`\n\n' "$2" "$3"
	echo '<!-- predict: row=3 choices="= 1; EPIPE; blocks" -->'
	demo one "$2" "$4" "$5" "$6"
	printf '<!-- note -->\n\n%s\n\n<!-- Nobody reads this: %s -->\n\n' "$7" "$7"
	demo two "$2" "$4" "$5" "$6"
	demo three "$2" "$4" "$5" "$6"
	question "$7"
	question "$7"
	question "$7"
	lab pipe "$2" "$7"
	lab again "$2" "$7"
}
english() {
	lesson "$1" "$2" 'After this lesson you can say' client Why Sends. Why?
}
english 1 First >here/first.md
english 2 Second >here/second.md
lesson 2 둘째 '이 단원을 마치면' 클라이언트 왜 보냅니다. 왜요? >right.md
cp right.md here/ko/second.md

#
# Which lessons are taken.
#
"$SOCKTUTOR" list >out
check 'without a language: all English' grep -q '^second  Second' out
"$SOCKTUTOR" list --lang ko >out
check 'the translated lesson is in its place' grep -q '^second  둘째' out
check 'the other is as it was' grep -q '^first  First' out
check 'no lesson is there twice' test "$(grep -c '^[a-z]' out)" -eq 2
"$SOCKTUTOR" run --lang ko second#one >out 2>err
check 'it runs' test "$?" -eq 0
check 'its notes are printed' grep -q '보냅니다' out
# Strings in the search and in the plain tutorial come from there, too.
printf 'q\n' | "$SOCKTUTOR" --lang ko --plain open second >out 2>&1
check 'the plain tutorial shows it' grep -q '둘째' out

# A lesson that is there in this language alone.
sed 's/order: 2/order: 3/' right.md >here/ko/more.md
"$SOCKTUTOR" list --lang ko >out
check 'a lesson without an original is a lesson' grep -q '^more  둘째' out
"$SOCKTUTOR" list >out
refuse 'but not in English' grep -q '^more' out
"$SOCKTUTOR" lint --course 2>err
check 'and lint has nothing against it' test "$?" -eq 0
cat err
rm here/ko/more.md

#
# What lint --course says of here/ko/second.md.
#

part wrong '왜요?' '| `recv()` | |' >wrong.part

# wrong EDIT TEXT...: changed so by sed, it is wrong, and each TEXT is said.
wrong() {
	sed "$1" right.md >here/ko/second.md
	if cmp -s right.md here/ko/second.md; then
		check "the edit changes something: $1" false
		return
	fi
	status=0
	"$SOCKTUTOR" lint --course >out 2>err || status=$?
	check "exit status 2: $1" test "$status" -eq 2
	shift
	for text; do
		check "it says: $text" grep -qF -- "$text" err
	done
	check 'nothing else' test "$(wc -l <err)" -eq $#
	[ "$(wc -l <err)" -eq $# ] || cat err
}
# fine EDIT: changed so, it is still right.
fine() {
	sed "$1" right.md >here/ko/second.md
	"$SOCKTUTOR" lint --course >out 2>err
	check "still right: $1" test "$?" -eq 0
	cat err
}

fine 's/보냅니다/말합니다/'
fine 's/클라이언트/손님/'
fine 's/title="둘째"/title="다른 말"/'
fine 's/^왜요?/정말요?/'
fine 's/Nobody reads this.*/아무도 읽지 않음 -->/'

wrong 's/^order: 2/order: 3/' \
	'second.md:5: order: 3 stands here, and in the original order: 2, which would be right'
wrong 's/^minutes: 5/minutes: 6/' \
	'second.md:4: minutes: 6 stands here, and in the original minutes: 5, which would be right'
wrong '/^minutes/d' \
	'second.md:1: minutes: 0 stands here, and in the original minutes: 5, which would be right'
wrong 's/^after:.*/after: []/' \
	'second.md:6: the lesson comes after [], and its original after [first], which would be right'
wrong 's/link=tcp title/link=unix title/' "the demo 'one' is set up in another way" \
	"the demo 'two' is set up" "the demo 'three' is set up"
wrong '16s/link=tcp/link=tcp a-misses=FIN/' \
	"second.md:16: the demo 'one' is set up in another way than in the original (line 16); right, but for the title, would be <!-- demo: id=one link=tcp title=\"Second\" -->"
wrong 's/id=two/id=tow/' \
	"second.md:30: the original has no demo 'tow' (did you mean 'two'?)" \
	"the original's demo 'two' (line 30) is missing; it would stand after 'one'"
wrong 's/id=two/id=swap/; s/id=three/id=two/; s/id=swap/id=three/' \
	"second.md:30: the demo 'three' stands here, and in the original 'two', which would be right"
wrong '20s/close()/recv()/' \
	'second.md:20: row 1, Process B: recv() stands here, and in the original (line 20) close(), which would be right'
wrong '21s/"x"/"글"/' \
	'second.md:21: row 2, Process A: send(sock, "글") stands here, and in the original (line 21) send(sock, "x"), which would be right'
wrong '44s/= 1/EPIPE/' \
	'second.md:44: row 3, Process A: EPIPE stands here, and in the original (line 44) = 1, which would be right'
wrong '44s/`= 1`//' \
	'second.md:44: row 3, Process A: nothing stands here, and in the original (line 44) = 1, which would be right'
wrong '20s/보냅니다.//' \
	'second.md:20: row 1 has no note, and in the original (line 20) it has one'
wrong '34d' "the demo 'two' has 2 rows, and in the original (line 32) 3, which would be right" \
	'second.md:34: row 1, Process A: send(sock, "x") stands here'
wrong '15s/choices="= 1/choices="= 1; EOF/; 15s/; blocks//' \
	'second.md:15: <!-- predict: row=3 choices="= 1; EOF; EPIPE" --> stands here, and in the original (line 15) <!-- predict: row=3 choices="= 1; EPIPE; blocks" -->, which would be right'
wrong '/note -->/d' \
	'second.md:15: after this the original has one more comment (line 24): <!-- note -->'
wrong 's/^<!-- Nobody.*/<!-- note -->/' \
	'second.md:28: the original has no such comment (line 28): <!-- note -->'
wrong '46,56s/\[x\]/[o]/; 46,56s/\[ \]/[x]/; 46,56s/\[o\]/[ ]/' \
	'second.md:48: this answer is marked as wrong, and in the original (line 48) it is right; - [x] would be right' \
	'second.md:52: this answer is marked as right, and in the original (line 52) it is wrong; - [ ] would be right'
wrong '76,79d' 'question 3 has 1 answers, and in the original (line 70) 2, which would be right'
wrong '70,79d' 'the lesson has 2 questions, and its original 3, which would be right'

# Labs: the first begins in line 82, the second in line 111.
wrong '82s/id=pipe/id=pipes/' "second.md:82: the original has no lab 'pipes' (did you mean 'pipe'?)" \
	"second.md:1: the original's lab 'pipe' (line 82) is missing"
wrong '82s/pipe/again/; 111s/again/pipe/' \
	"second.md:82: the lab 'again' stands here, and in the original 'pipe', which would be right"
wrong '82s/unix/tcp/' \
	'second.md:82: <!-- lab: id=pipe link=tcp forbid=exit --> stands here, and in the original (line 82) <!-- lab: id=pipe link=unix forbid=exit -->, which would be right'
wrong '88s/EPIPE/EOF/' \
	'second.md:88: row 1, Process A: EOF stands here, and in the original (line 88) EPIPE, which would be right'
wrong '101s/"x"/"xx"/' \
	'second.md:101: row 2, Process A: send(sock, "xx") stands here, and in the original (line 101) send(sock, "x"), which would be right'
wrong '109s/send(sock, "x")/recv()/' \
	'second.md:109: row 1, Process A: recv() stands here, and in the original (line 109) send(sock, "x"), which would be right'
wrong '100d' \
	'second.md:100: row 1, Process A: send(sock, "x") stands here, and in the original (line 100) nothing' \
	"second.md:98: a solution of the lab 'pipe' has 1 rows, and in the original (line 98) 2, which would be right"
wrong '90,92d' \
	"second.md:82: hints of the lab 'pipe': 0, and in the original (line 82) 1, which would be right"
wrong '110r wrong.part' \
	"second.md:82: wrong attempts of the lab 'pipe': 2, and in the original (line 82) 1, which would be right"

# A file that cannot be parsed is told like any.
sed 's/`= 1`/`= one`/' right.md >here/ko/second.md
status=0
"$SOCKTUTOR" lint --course 2>err || status=$?
check 'a translation with mistakes: exit status 2' test "$status" -eq 2
check 'it is told with its line' grep -q 'ko/second.md:22: ' err

#
# Cards.
#
mkdir -p data/ko
SOCKTUTOR_DATA=$PWD/data
export SOCKTUTOR_DATA
printf 'EPIPE (errno)\nalso: pipe\nmeans: Broken.\nwhen: Writing.\nman: send(2)\n\n' >data/cards.txt
printf 'FIN (word)\nmeans: The end.\nwhen: Closing.\nman: tcp(7)\n' >>data/cards.txt
printf 'EPIPE (errno)\nalso: 파이프\nmeans: 깨졌습니다.\n' >data/ko/cards.txt
"$SOCKTUTOR" explain --lang ko EPIPE >out
check 'the card is in Korean' grep -q '깨졌습니다' out
check 'what is not translated is English' grep -q 'Writing' out
"$SOCKTUTOR" explain --lang ko FIN >out
check 'so is a card that is not there' grep -q 'The end' out
"$SOCKTUTOR" explain --lang ko 파이프 >out
check 'the Korean name finds it' grep -q '깨졌습니다' out
"$SOCKTUTOR" explain --lang ko pipe >out
check 'the English one, too' grep -q '깨졌습니다' out
"$SOCKTUTOR" explain EPIPE >out
check 'in English it is as it was' grep -q 'Broken' out
refuse 'and Korean finds nothing' "$SOCKTUTOR" explain 파이프 2>err
printf 'EPIEP (errno)\nmeans: 깨졌습니다.\n' >data/ko/cards.txt
"$SOCKTUTOR" explain --lang ko EPIPE >out 2>err
check 'a card without an original is told' \
	grep -q "ko/cards.txt:1: there is no card EPIEP to translate (did you mean 'EPIPE'?)" err
finish
