#!/bin/sh
# The words of the interface: all of them are marked, each catalogue has those that a
# learner reads, and the program speaks the language that it is asked for.
. "${srcdir:-.}/tests/lib.sh"

for tool in msgfmt msgmerge msgattrib xgettext; do
	command -v "$tool" >/dev/null 2>&1 || skip "$tool, of the package gettext, is not there"
done
[ -e "$builddir/po/ko/LC_MESSAGES/socktutor.mo" ] ||
	skip 'configure found no msgfmt: there are no catalogues'

#
# Marked.
#

# texts PO: each msgid on a line, as it stands in the source.
texts() {
	awk '
	function out() {
		if (on && text != "")
			print text
		text = ""
	}
	/^msgid/ { out(); on = 1 }
	/^msgstr/ { out(); on = 0 }
	on && /"$/ {
		line = $0
		sub(/^[a-z_]* *"/, "", line)
		sub(/"$/, "", line)
		text = text line
	}' "$1"
}

# unmarked TREE: print the words in the TREE that nobody translates. Words have two letters in
# a row besides the places of printf().
unmarked() {
	(cd "$1" && find src/view src/plain src/term -name '*.c' | sort) >files &&
		xgettext --directory="$1" --files-from=files --from-code=UTF-8 --language=C \
			--extract-all --no-wrap --output=all.po 2>/dev/null &&
		xgettext --directory="$1" --files-from=files --from-code=UTF-8 --language=C \
			--keyword=_ --keyword=N_ --keyword=ngettext:1,2 --force-po --no-wrap \
			--output=marked.po &&
		{
			texts marked.po
			grep -v '^#' "$srcdir/tests/po-as-is.txt"
		} >known &&
		texts all.po | awk '
		FILENAME == "known" { known[$0] = 1; next }
		{
			text = $0
			gsub(/%[-0-9.*$]*[hlzjt]*[a-zA-Z]/, "", text)
			gsub(/\\[a-z0-9]/, "", text)
			if (text ~ /[A-Za-z][A-Za-z]/ && !($0 in known))
				print
		}' known -
}

unmarked "$srcdir" >found
check 'each word in src/view, src/plain and src/term is marked, or in tests/po-as-is.txt' \
	test ! -s found
cat found

mkdir -p tree/src/view tree/src/plain tree/src/term
forgot() {
	printf '%s\n' "$2" >tree/src/view/x.c
	unmarked "$PWD/tree" >found
	check "a forgotten $1 is found" test "$(cat found)" = 'forgotten words'
}
remembered() {
	printf '%s\n' "$2" >tree/src/view/x.c
	unmarked "$PWD/tree" >found
	check "a marked $1 is none" test ! -s found
}
forgot 'word on the canvas' 'canvas_text(c, 0, 0, 9, STYLE_DIM, "forgotten words");'
forgot 'key' '{{0}, OP_LEAVE, "q", "forgotten words", NULL},'
forgot 'text in two pieces' 'f("forgotten "
"words"); g(_("marked")); h("%s · %zu");'
remembered 'word on the canvas' 'canvas_text(c, 0, 0, 9, STYLE_DIM, _("marked"));'
remembered 'key' '{{0}, OP_LEAVE, "Esc", N_("marked"), NULL},'
remembered 'plural' 'ngettext("%d hit", "%d hits", n); /* "a comment" */'

#
# Translated. What is said of the text of a lesson file is for who writes one, and may wait.
#

make -s -C "$builddir" pot >make.out 2>&1 || cat make.out
check 'the words of all sources can be taken out' test -s "$builddir/po/socktutor.pot"

# missing CATALOGUE: print the words that are not translated, learners' words only.
missing() {
	msgmerge --quiet --no-fuzzy-matching --output-file=merged.po "$1" \
		"$builddir/po/socktutor.pot" &&
		msgattrib --untranslated --no-obsolete --no-wrap merged.po |
		awk 'BEGIN { RS = ""; FS = "\n" }
		/#: [^\n]*src\/(view|term|plain|stage|timeline|command|main)/ ||
		/#: [^\n]*src\/course\/(asked|fact|keep|progress|record|words)\.c/ ||
		/#: [^\n]*src\/lesson\/link\.c/'
}
for catalogue in "$srcdir"/po/*.po; do
	code=$(basename "$catalogue" .po)
	missing "$catalogue" >found
	check "$code: nothing that a learner reads is missing" test ! -s found
	grep '^msgid' found
	check "$code: places of words are those of the original" \
		msgfmt --check --output-file=/dev/null "$catalogue"
	check "$code: its language is one of the program's" \
		test -n "$("$SOCKTUTOR" --lang "$code" --version)"
done
sed 's/^msgstr "안에서 본 소켓"/msgstr ""/' "$srcdir/po/ko.po" >less.po
missing less.po >found
check 'a missing word is found' grep -q '^msgid "Sockets, seen from inside"' found
sed '/^msgstr/s/%1\$zu/%1$s/' "$srcdir/po/ko.po" >wrong.po
refuse 'a wrong place in a text is found' sh -c 'msgfmt --check -o /dev/null wrong.po 2>err'
for code in $("$SOCKTUTOR" --lang '?' 2>&1 | tr ' ,' '\n\n' | grep -x '[a-z][a-z]' | grep -vx no); do
	check "$code has a catalogue" test "$code" = en -o -e "$srcdir/po/$code.po"
done

#
# Spoken.
#

# says WORDS COMMAND...: it prints the words.
says() {
	said=$1
	shift
	"$@" </dev/null >out 2>&1
	check "it says: $said" grep -qF -- "$said" out
}
tutor() {
	env -u LC_ALL "$@" "$SOCKTUTOR" --plain
}

says '안에서 본 소켓' "$SOCKTUTOR" --lang ko --plain
says '안에서 본 소켓' "$SOCKTUTOR" --plain --lang=ko_KR.UTF-8
says '안에서 본 소켓' "$SOCKTUTOR" open --plain --lang ko
says '사용법:' "$SOCKTUTOR" --lang ko --help
says '사용법: socktutor run' "$SOCKTUTOR" run --lang ko --help
says '단원과 그 데모와 실습을' "$SOCKTUTOR" --lang ko list --help
says '줄)' "$SOCKTUTOR" list --lang ko
says '커널' "$SOCKTUTOR" doctor --lang ko
says '한국어' "$SOCKTUTOR" doctor --lang ko
says '12개 단원' "$SOCKTUTOR" progress --lang ko
says "'nosuch' 단원은" "$SOCKTUTOR" --lang ko open nosuch

# The locale decides; one that this machine does not have does, too.
says '안에서 본 소켓' tutor LANG=ko_KR.UTF-8
says '안에서 본 소켓' tutor LANG=C.UTF-8 LC_MESSAGES=ko_KR.UTF-8
says '안에서 본 소켓' tutor LC_ALL=C.UTF-8 LANGUAGE=xx:ko:en
says 'sockets, seen from inside' tutor LC_ALL=C.UTF-8 LANGUAGE=en:ko
says 'sockets, seen from inside' tutor LC_ALL=C LANGUAGE=ko
says 'sockets, seen from inside' tutor LANG=ko_KR.EUC-KR
says 'sockets, seen from inside' tutor LANG=fr_FR.UTF-8
says 'sockets, seen from inside' tutor LANG=C.UTF-8
says 'sockets, seen from inside' env LANG=ko_KR.UTF-8 "$SOCKTUTOR" --lang en --plain
says '안에서 본 소켓' env LC_ALL=C "$SOCKTUTOR" --lang ko --plain

# What cannot be is said.
status=0
"$SOCKTUTOR" --lang xx --plain >out 2>err || status=$?
check 'an unknown language: exit status 2' test "$status" -eq 2
check 'those that there are are named' \
	grep -qx "socktutor: no language 'xx'; there are: en (English), ko (한국어)" err
refuse 'so after the command' sh -c '"$SOCKTUTOR" list --lang xx 2>err'
says '안에서 본 소켓' "$SOCKTUTOR" --ascii --lang ko --plain
status=0
SOCKTUTOR_LOCALE=$PWD "$SOCKTUTOR" list --lang ko >out 2>err || status=$?
check 'without its catalogue one sentence says so' \
	test "$(grep -c 'cannot be had in 한국어' err)" -eq 1
check 'and all goes on in English' grep -q ' rows' out
check 'with exit status 0' test "$status" -eq 0
says 'gettext' env SOCKTUTOR_LOCALE="$PWD" "$SOCKTUTOR" doctor --lang ko

#
# The same in every language: what can be run again.
#

cat >same.md <<'END'
<!-- demo: id=errors link=unix -->
| Process A | Process B |
|---|---|
| | `close()` |
| `send()` | |
| `EPIPE + SIGPIPE` | |
| `Terminated` | |

<!-- demo: id=differs link=unix patience=50ms -->
| Process A | Process B |
|---|---|
| `recv()` | |
| `= "x"` | |

<!-- demo: id=refused link=unix patience=50ms -->
| Process A | Process B |
|---|---|
| `s = socket(AF_INET)` | |
| `connect(s, "8.8.8.8:53")` | |
| `close(nowhere)` | |
END
# masked: times and the like are others in each run.
masked() {
	sed -E 's/\+[0-9.]+ (µs|ms|s|min)/+T/g; s/ +/ /g; s/-+\|/-|/g
		s/"(ns|pid|uid|inode|socket)": ?[0-9]+/"\1":N/g'
}
for format in md json; do
	for lang in en ko; do
		"$SOCKTUTOR" run --lang "$lang" --format "$format" same.md 2>err-$lang | masked >"$format-$lang"
	done
	check "run prints the same $format" cmp "$format-en" "$format-ko"
	check "and something ($format)" test -s "$format-ko"
done
check 'what differs is told in the language' grep -q '본 것은' err-ko
check 'errors are named as everywhere' grep -qF -- '-1 EPIPE (Broken pipe)' md-ko
finish
