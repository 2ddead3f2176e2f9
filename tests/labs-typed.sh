#!/bin/sh
# The solutions of all labs, typed by hand: the goal is met; and the wrong attempts: it is not.
# What a timer or the wire decides is played by lint, which waits for it.
. "${srcdir:-.}/tests/lib.sh"

export XDG_STATE_HOME="$PWD/state"

# attempts LESSON: each solution and wrong attempt of its labs into LAB.solution.N.in and
# LAB.wrong.N.in, as it is typed in --plain. A role that plays by the goal's table is let go on, and
# types nothing. The number of labs is printed.
attempts() {
	awk '
	function trim(s) {
		gsub(/^[ `]+|[ `]+$/, "", s)
		return s
	}
	function acts(s) {
		return s ~ /\(.*\)$/ || s ~ /^(kill|cut|misses|wait) /
	}
	/^<!-- lab: / {
		lab = $0
		sub(/.*id=/, "", lab)
		sub(/ .*/, "", lab)
		timer = /patience=/
		n = 0
		labs++
		script["A"] = script["B"] = 0
		part = "goal"
	}
	/^## / || /^<!-- hint -->/ { part = "" }
	/^<!-- (solution|wrong) -->/ {
		part = $2
		file = lab "." part "." ++n ".in"
	}
	/^\|/ && !/^\| Process A/ && !/^\|--/ {
		split($0, cell, "|")
		for (i = 2; i <= 3; i++) {
			text = trim(cell[i])
			role = i == 2 ? "A" : "B"
			if (part == "goal" && acts(text))
				script[role] = 1
			if (part ~ /solution|wrong/ && acts(text))
				print role (script[role] ? "" : " " text) >file
			if (part ~ /solution|wrong/ && (timer || text ~ /^(GotRST|GotFIN|RESET|FIN|cut .*|misses .*)$/))
				print "waits" >(file ".waits")
		}
	}
	END { print labs + 0 }' "$1"
}

# The first time the reader is welcomed.
printf '\nq\n' | "$SOCKTUTOR" --plain >out

total=0
for lesson in "$srcdir"/lessons/*.md; do
	id=$(basename "$lesson" .md)
	n=$(attempts "$lesson")
	check "$id has a lab" test "$n" -gt 0
	total=$((total + n))
	for typed in *.in; do
		if [ -e "$typed.waits" ]; then
			rm "$typed" "$typed.waits"
			continue
		fi
		lab=${typed%%.*}
		{ echo; cat "$typed"; echo q; echo q; } |
			"$SOCKTUTOR" --plain open "$id#$lab" >out 2>err
		met=0
		grep -q 'The goal is met' out || met=1
		case $typed in
		*.solution.*) check "$id: ${typed%.in}, typed, meets the goal" test "$met" -eq 0 ;;
		*.wrong.*) check "$id: ${typed%.in}, typed, does not" test "$met" -eq 1 ;;
		esac
		rm "$typed"
	done
done
check 'the course has fifteen labs' test "$total" -ge 15
finish
