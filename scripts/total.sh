# total.sh DIRECTORY - one closing line for all tests that `make check` ran.
#
# DIRECTORY is the build tree. Each test's log that closes with 'N passed, N
# failed' counts with these numbers, each other test as one. Fails when
# anything failed, or when nothing ran.
passed=0
failed=0
skipped=0

for trs in "$1"/tests/*.trs "$1"/tests/*/*.trs; do
	[ -e "$trs" ] || continue
	result=$(sed -n 's/^:global-test-result: //p' "$trs")
	# shellcheck disable=SC2046 # words: passed, failed, skipped
	set -- "$1" $(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed\(, \([0-9]*\) skipped\)\{0,1\}$/\1 \2 \4/p' "${trs%.trs}.log" |
		tail -n 1)
	skipped=$((skipped + ${4:-0}))
	case $result in
	PASS)
		passed=$((passed + ${2:-1}))
		failed=$((failed + ${3:-0}))
		;;
	SKIP)
		skipped=$((skipped + 1))
		;;
	*)
		passed=$((passed + ${2:-0}))
		[ "${3:-0}" -gt 0 ] || set -- "$1" 0 1
		failed=$((failed + $3))
		;;
	esac
done

if [ "$skipped" -gt 0 ]; then
	echo "$passed passed, $failed failed, $skipped skipped"
else
	echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
