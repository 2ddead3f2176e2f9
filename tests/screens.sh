#!/bin/sh
# The screen tests can fail: a golden screen that is wrong, or is not there, a
# text that never comes, a process that is left and a terminal that is not
# restored must each fail them, with exit status 1 and a word about it.
. "${srcdir:-.}/tests/lib.sh"

mkdir -p right/scripts
cp -R "$srcdir/tests/screen/golden" "$srcdir/tests/screen/lessons" right
cp "$srcdir/tests/screen/scripts/color.script" "$srcdir/tests/screen/scripts/home.script" right/scripts
chmod -R u+w right
SCREEN_PATIENCE=1500
SCREEN_DIRECTORY=$PWD/right
export SCREEN_PATIENCE SCREEN_DIRECTORY
unset SCREEN_RECORD

screen() {
	"$builddir/tests/screen/screen" "$@" >out 2>&1
}

# wrong WORDS SCRIPT-LINE...: a script of these lines fails, saying WORDS.
wrong() {
	words=$1
	shift
	printf '%s\n' "$@" >right/scripts/wrong.script
	status=0
	screen wrong || status=$?
	check "it fails: $words" test "$status" -eq 1
	check "it says: $words" grep -q "$words" out
}

check 'the right ones pass' screen
check 'and are counted' grep -q '^2 scripts, 0 failed$' out

golden=right/golden/home-home-80x24.txt
sed 's/10 min/11 min/' "$golden" >changed && cp changed "$golden"
status=0
screen home || status=$?
check 'a golden screen with one wrong digit fails' test "$status" -eq 1
check 'it shows the line' grep -q 'golden: .*11 min' out
check 'it says how to make them anew' grep -q 'make golden' out

wrong 'there is no .*never' run 'wait Sockets, seen' 'golden never'
wrong 'never showed' run 'wait Sockets, unseen'
wrong 'still shows' run 'wait Sockets, seen' 'gone Sockets, seen'
wrong 'the job is runs' run 'job exited 0'
wrong 'no command' run 'sleep 1'
wrong 'no key' run 'key Enter Return'
wrong 'cannot stand so' 'key q'
wrong 'cells have a colour' run 'wait ───' 'colors no'
wrong 'not ASCII' run 'wait ───' ascii
wrong 'alternate screen' run 'wait Sockets, seen' restored

# A program that leaves something behind, and one that leaves the terminal as it is.
cat >leaves <<'END'
#!/bin/sh
setsid sleep 60 >/dev/null 2>&1 </dev/null &
echo left
END
cat >spoils <<'END'
#!/bin/sh
stty -echo
echo spoilt
END
chmod +x leaves spoils
SOCKTUTOR=$PWD/leaves
wrong 'a process is left' run 'wait left' 'job exited 0'
SOCKTUTOR=$PWD/spoils
wrong "the terminal's modes" run 'wait spoilt' 'job exited 0'

status=0
screen nobody || status=$?
check 'a script that is not there fails' test "$status" -eq 1
rm right/scripts/*
status=0
screen || status=$?
check 'no script at all fails' test "$status" -eq 1
finish
