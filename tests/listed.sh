#!/bin/sh
# Makefile.am lists every source, header, lesson and test: a file that it
# forgets would be missing from the tarball, or would never be run.
. "${srcdir:-.}/tests/lib.sh"

# unlisted TREE: print each file that TREE's Makefile.am does not name.
unlisted() {
	(cd "$1" && find src data lessons tests bench -type f \
		\( -path 'src/*.[ch]' -o -path 'tests/*.[ch]' -o -path 'bench/*.[ch]' \
		-o -path 'lessons/*.md' -o -path 'lessons/programs/*' \
		-o -path 'data/*' -o -path 'tests/*.sh' \) -print 2>/dev/null |
		sort | while read -r file; do
		awk -v file="$file" '{
			for (i = 1; i <= NF; i++)
				if ($i == file)
					found = 1
		} END { exit !found }' Makefile.am || echo "$file"
	done)
}

unlisted "$srcdir" >found
check 'Makefile.am lists every source, lesson and test' test ! -s found
cat found

# unregistered TREE: print each suite that is in no row of suites.c.
unregistered() {
	(cd "$1/tests/unit" && sed -n 's/^const struct suite \(suite_[a-z0-9_]*\).*/\1/p' ./*.c |
		while read -r suite; do
			grep -q "&$suite," suites.c || echo "$suite"
		done)
}
unregistered "$srcdir" >found
check 'every suite has its row in tests/unit/suites.c' test ! -s found
cat found

mkdir -p tree/src/base tree/tests
touch tree/src/base/a.c tree/src/base/b.c tree/tests/c.sh
echo 'x = src/base/a.c src/base/b.cc' >tree/Makefile.am
unlisted tree >found
printf 'src/base/b.c\ntests/c.sh\n' >expected
check 'what is not listed is found' cmp -s found expected

mkdir -p tree/tests/unit
echo 'const struct suite suite_lost = {' >tree/tests/unit/lost.c
echo '&suite_losten,' >tree/tests/unit/suites.c
check 'a suite without a row is found' test "$(unregistered tree)" = suite_lost
finish
