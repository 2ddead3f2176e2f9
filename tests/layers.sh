#!/bin/sh
# Includes point one way only. A folder of src/ includes itself and those
# before it in `order`; folders joined by | do not know each other. What needs
# a system library stays in the folder that is there for it (`only`).
. "${srcdir:-.}/tests/lib.sh"

order='base timeline lesson course stage|export|view term|plain command main'
only='
sys/ptrace.h      stage
linux/ptrace.h    stage
pcap.h            stage
pcap/             stage
seccomp.h         stage
linux/seccomp.h   stage
curses.h          term
ncurses           term
term.h            term
md4c              lesson
jansson.h         course export command
'

# layers TREE: print each include that points the wrong way, as FILE:LINE: why.
# Files right in src/ (main.c) are the last layer.
layers() {
	(cd "$1" && find src -name '*.[ch]' | sort | xargs awk -v order="$order" -v only="$only" '
	BEGIN {
		n = split(order, layer, " ")
		for (i = 1; i <= n; i++) {
			m = split(layer[i], folder, "|")
			for (j = 1; j <= m; j++)
				rank[folder[j]] = i
		}
		n_only = split(only, line, "\n")
		for (i = 1; i <= n_only; i++)
			if (split(line[i], word, " ") > 1) {
				owners[word[1]] = line[i] " "
				sub(/^[^ ]* +/, " ", owners[word[1]])
			}
	}
	function wrong(why) {
		printf "%s:%d: %s\n", FILENAME, FNR, why
	}
	function ours(name,    there) {
		there = name
		if (!sub(/\/.*/, "", there))
			wrong("\"" name "\" does not name its folder")
		else if (!(there in rank))
			wrong("\"" name "\": the folder " there " has no place in the order")
		else if (there != here && rank[there] >= rank[here])
			wrong(here "/ must not know " there "/ (\"" name "\")")
	}
	function system_header(name,    prefix) {
		for (prefix in owners)
			if (index(name, prefix) == 1 && !index(owners[prefix], " " here " "))
				wrong("<" name "> belongs to" owners[prefix] "alone")
	}
	FNR == 1 {
		here = FILENAME
		sub(/^src\//, "", here)
		if (!sub(/\/.*/, "", here))
			here = "main"
		if (!(here in rank))
			wrong("the folder " here " has no place in the order")
	}
	/^[ \t]*#[ \t]*include[ \t]*["<]/ {
		name = $0
		sub(/^[^"<]*["<]/, "", name)
		sub(/[">].*/, "", name)
		if ($0 ~ /</)
			system_header(name)
		else
			ours(name)
	}')
}

layers "$srcdir" >found
check 'no include in src/ points the wrong way' test ! -s found
cat found

# wrong FILE INCLUDE / right FILE INCLUDE: a tree of one file with that include.
tree() {
	rm -rf tree
	mkdir -p "tree/$(dirname "$1")"
	printf '/* a file */\n#include %s\n' "$2" >"tree/$1"
	layers tree >found
}
wrong() {
	tree "$1" "$2"
	check "$1 must not include $2" grep -q "^$1:2: " found
}
right() {
	tree "$1" "$2"
	check "$1 may include $2" test ! -s found
}

wrong src/base/x.c '"timeline/event.h"'
wrong src/timeline/x.h '"lesson/lesson.h"'
wrong src/lesson/x.c '"stage/stage.h"'
wrong src/lesson/x.c '"course/card.h"'
wrong src/course/x.c '"stage/stage.h"'
wrong src/course/x.c '"view/view.h"'
wrong src/stage/x.c '"view/view.h"'
wrong src/view/x.c '"stage/stage.h"'
wrong src/export/x.c '"view/view.h"'
wrong src/view/x.c '"export/export.h"'
wrong src/view/x.c '"term/term.h"'
wrong src/term/x.c '"command/command.h"'
wrong src/base/x.c '"str.h"'
wrong src/base/x.c '"attic/str.h"'
wrong src/view/x.c '<curses.h>'
wrong src/view/x.c '<ncursesw/curses.h>'
wrong src/timeline/x.c '<sys/ptrace.h>'
wrong src/command/x.c '<pcap/pcap.h>'
wrong src/main.c '<seccomp.h>'
wrong src/view/x.c '<md4c.h>'
wrong src/stage/x.c '<jansson.h>'
wrong src/base/x.c ' <curses.h> /* "base/str.h" */'

right src/base/x.c '"base/str.h"'
right src/timeline/x.c '"base/str.h"'
right src/stage/x.c '"lesson/demo.h"'
right src/course/x.c '"lesson/lesson.h"'
right src/view/x.c '"course/progress.h"'
right src/command/x.c '"course/progress.h"'
right src/stage/x.c '<sys/ptrace.h>'
right src/term/x.c '"view/canvas.h"'
right src/term/x.c '<curses.h>'
right src/command/x.c '<jansson.h>'
right src/course/x.c '<jansson.h>'
right src/export/x.c '<jansson.h>'
right src/lesson/x.c '<md4c.h>'
right src/main.c '"command/command.h"'
right src/base/x.c '<termios.h>'

mkdir -p tree/src/attic
echo 'int x;' >tree/src/attic/x.c
layers tree >found
check 'a folder without a place in the order is found' grep -q '^src/attic/x.c:1: ' found
finish
