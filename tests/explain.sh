#!/bin/sh
# `socktutor explain`: a card for whatever the screen shows.
. "${srcdir:-.}/tests/lib.sh"

# explained NAME TEXT...: the card of NAME is printed, and has each TEXT.
explained() {
	name=$1
	shift
	status=0
	"$SOCKTUTOR" explain $name >out 2>err || status=$?
	check "explain $name: exit status 0" test "$status" -eq 0
	check "explain $name: no complaint" test ! -s err
	for text; do
		check "explain $name: says '$text'" grep -qF -- "$text" out
	done
	check "explain $name: at most 80 columns" awk '{ gsub(/·/, ".") } length > 80 { exit 1 }' out
}

explained ECONNRESET 'ECONNRESET · error 104 · Connection reset by peer' \
	'The connection was cut off' 'When ' 'To do ' 'connection-reset#classic' \
	'Manual   recv(2), send(2), unix(7), tcp(7)'
explained econnreset 'ECONNRESET · error'
explained EWOULDBLOCK 'EAGAIN · error'
explained SIGPIPE 'SIGPIPE · signal 13 · Broken pipe' 'broken-pipe#classic'
explained 'recv()' 'recv() · call'
explained listen 'listen() · call'
explained LISTEN 'LISTEN · state'
explained MSG_NOSIGNAL 'MSG_NOSIGNAL · flag' 'broken-pipe#nosignal'
explained CLOSE_WAIT 'CLOSE_WAIT · state'
explained 'broken pipe' 'broken pipe · word'
explained 'Connection reset by peer' 'ECONNRESET · error'
explained 'address already in use' 'EADDRINUSE · error'
explained 104 'ECONNRESET · error 104'
explained 141 'SIGPIPE · signal 13'
explained kill 'SIGKILL · signal 9'
explained GotRST 'RST · word' 'Also' 'connection-reset#classic'
explained '' 'Errors' 'ECONNRESET' 'Signals' 'SIGPIPE' 'Calls' 'recvfd' 'States' 'TIME_WAIT' 'Words'

# What every lesson's tables can show has a card.
"$SOCKTUTOR" explain >names
cat "$srcdir"/lessons/*.md | grep '^|' | grep -ow 'E[A-Z0-9][A-Z0-9]*\|SIG[A-Z0-9]*' | sort -u |
	grep -v '^EPARSE$\|^EOF$\|^SIG$' >shown
check 'the lessons show errors and signals' test -s shown
while read -r name; do
	"$SOCKTUTOR" explain "$name" >out 2>err || echo "$name"
done <shown >missing
check 'each error and signal in a table of a lesson has a card' test ! -s missing
cat missing

status=0
"$SOCKTUTOR" explain ECONREST >out 2>err || status=$?
check 'a name that is not there: exit status 2' test "$status" -eq 2
check 'the nearest is named' grep -qF "no card 'ECONREST' (did you mean 'ECONNRESET'?)" err
check 'and nothing is printed' test ! -s out
refuse 'nothing is near' "$SOCKTUTOR" explain xyzzyplugh 2>err
check 'then all can be listed' grep -q 'explain. names them all' err

# Found as the lessons are; a damaged file is told with its line.
mkdir data
printf 'EPIPE (errno)\nmeans: mine\nwhen: here\nman: x(1)\n' >data/cards.txt
SOCKTUTOR_DATA=$PWD/data "$SOCKTUTOR" explain EPIPE >out
check 'SOCKTUTOR_DATA says where the cards are' grep -q 'mine' out
echo 'nonsense' >>data/cards.txt
SOCKTUTOR_DATA=$PWD/data "$SOCKTUTOR" explain EPIPE >out 2>err
check 'a wrong line is told' grep -q 'cards.txt:5: ' err
SOCKTUTOR_DATA=$PWD/nowhere "$SOCKTUTOR" explain EPIPE >out 2>err
check 'no cards: exit status 2' test "$?" -eq 2
check 'and what to do about it' grep -q 'set SOCKTUTOR_DATA' err
finish
