#!/bin/sh
# `run LESSON` keeps a good run: what is kept, of what, and what happens where it cannot be.
. "${srcdir:-.}/tests/lib.sh"

mkdir lessons
SOCKTUTOR_LESSONS=$PWD/lessons
export SOCKTUTOR_LESSONS
cat >lessons/pipes.md <<'END'
---
title: Pipes
---
<!-- demo: id=first link=unix title="The first" -->
| Process A | Process B |
|-----------|-----------|
|           | `close()` |
| `send()`  |           |
| `EPIPE + SIGPIPE` |   |

<!-- demo: id=second link=pair title="The second" -->
| Process A | Process B |
|-----------|-----------|
| `send()`  |           |
| `= 5`     |           |
END
kept=$XDG_STATE_HOME/socktutor/rehearsal/pipes.jsonl

# runs STATUS ARGS...: what it prints is in out, what it says in err.
runs() {
	want=$1
	shift
	status=0
	"$SOCKTUTOR" run "$@" >out 2>err || status=$?
	check "run $*: exit status $want" test "$status" -eq "$want"
}
recordings() {
	grep -c '"kind":"rehearsal"' "$kept" 2>/dev/null
}

runs 0 lessons/pipes.md
check 'a file is no rehearsal' test ! -e "$kept"
runs 0 --no-rehearsal pipes
check 'nor is what shall not be kept' test ! -e "$kept"
runs 0 --link unix-seqpacket pipes#second
check 'nor another link' test ! -e "$kept"
"$SOCKTUTOR" list >out
refuse 'list knows of none' grep -q rehearsed out

runs 0 --format json pipes#second
check 'one demo is kept' test "$(recordings)" -eq 1
check 'it is what --format json prints, after one line more' \
	sh -c 'tail -n +2 "$1" | cmp -s - out' sh "$kept"
check 'nothing is said' test ! -s err
"$SOCKTUTOR" list >out
check 'list says so' grep -q 'pipes#second .*, rehearsed)' out
refuse 'and of the other demo not' grep -q 'pipes#first .*, rehearsed)' out
runs 0 pipes
check 'both are kept, each once' test "$(recordings)" -eq 2
check 'for the learner alone' test "$(stat -c %a "$kept")" = 600
check 'no other file is left' test "$(ls "$(dirname "$kept")" | tr '\n' ' ')" = \
	'pipes.jsonl pipes.lock '

# What differs is not kept, and what was kept stays.
cp "$kept" before
sed 's/`= 5` /`= 6` /' lessons/pipes.md >changed && cp changed lessons/pipes.md
runs 1 pipes#second
check 'a run that differs is not kept' cmp -s "$kept" before
"$SOCKTUTOR" list >out
check 'the first demo is rehearsed still' grep -q 'pipes#first .*, rehearsed)' out
refuse 'the edited one is not' grep -q 'pipes#second .*, rehearsed)' out
sed 's/`= 6` /`= 5` /' lessons/pipes.md >changed && cp changed lessons/pipes.md

# Damage is no trouble: what is right is used, and a run mends it.
head -c 300 before >"$kept"
"$SOCKTUTOR" list >out 2>err
check 'a file that was cut is read' test ! -s err
runs 0 pipes
check 'and made anew' test "$(recordings)" -eq 2

# Where it cannot be kept: one sentence, and the status is as it was.
rm -r "$XDG_STATE_HOME/socktutor"
: >"$XDG_STATE_HOME/socktutor"
runs 0 pipes
check 'it is said' grep -q '^socktutor: the rehearsal is not kept: ' err
check 'once' test "$(wc -l <err)" -eq 1
XDG_STATE_HOME=
HOME=
runs 0 pipes
check 'without a place, too' grep -q 'Neither XDG_STATE_HOME nor HOME' err
check 'once' test "$(wc -l <err)" -eq 1
finish
