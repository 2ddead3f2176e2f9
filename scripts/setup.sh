# setup.sh - what ./run, ./check and .ci/run share: install what is missing and
# build out of tree. They set `top`, the source tree, and read this file.
#
# Everything is told on standard error, in one line for each thing that takes
# long; the output of the tools is in $build/setup.log and is shown when one
# fails. Exit status 2: not set up.

build=${SOCKTUTOR_BUILD:-$top/build}
case $build in
/*) ;;
*) build=$PWD/$build ;;
esac
stamp=$build/.set-up
log=$build/setup.log

tell() {
	printf 'socktutor: %s\n' "$*" >&2
}

give_up() {
	tell "$@"
	exit 2
}

# Whether nothing that the program is made of has changed since the last build.
# A directory is newer when a file in it came or went.
up_to_date() {
	[ -e "$stamp" ] && [ -x "$build/socktutor" ] &&
		[ -z "$(find "$top/src" "$top/po" "$top/configure.ac" "$top/Makefile.am" \
			-newer "$stamp" 2>&1)" ] &&
		read -r place <"$stamp" && [ "$place" = "$top" ]
}

#
# Packages
#

# links COMPILER FLAG...: whether a program can be linked so.
links() {
	scratch=$(mktemp -d) || return 1
	compiler=$1
	shift
	case "$*" in
	*fuzzer*) echo 'int LLVMFuzzerTestOneInput(void); int LLVMFuzzerTestOneInput(void) { return 0; }' ;;
	*) echo 'int main(void) { return 0; }' ;;
	esac >"$scratch/x.c"
	status=0
	"$compiler" "$@" -o "$scratch/x" "$scratch/x.c" >/dev/null 2>&1 || status=1
	rm -rf "$scratch"
	return "$status"
}

# there PROBE: whether what the row asks for is on the machine.
there() {
	case $1 in
	cmd:*) command -v "${1#*:}" >/dev/null 2>&1 ;;
	lib:*) pkg-config --exists "${1#*:}" >/dev/null 2>&1 ;;
	header:*) echo "#include <${1#*:}>" | cc -E - >/dev/null 2>&1 ;;
	cc:*) links cc "${1#*:}" ;;
	clang:*) links clang "${1#*:}" ;;
	*) give_up "scripts/packages: no probe '$1'" ;;
	esac
}

# missing COLUMN NEED...: the packages of the rows with one of these needs whose
# probe finds nothing, from that column; `-` when there is no package manager.
missing() {
	column=$1
	shift
	needs=" $* "
	grep -v '^#' "$top/scripts/packages" |
		while read -r need probe apt dnf pacman zypper apk; do
			case $needs in
			*" $need "*) there "$probe" && continue ;;
			*) continue ;;
			esac
			case $column in
			apt-get) echo "$apt" ;;
			dnf) echo "$dnf" ;;
			pacman) echo "$pacman" ;;
			zypper) echo "$zypper" ;;
			apk) echo "$apk" ;;
			*) echo "${probe#*:}" ;;
			esac
		done | tr + '\n' | awk '!seen[$0]++' | tr '\n' ' '
}

manager() {
	for name in apt-get dnf pacman zypper apk; do
		if command -v "$name" >/dev/null 2>&1; then
			echo "$name"
			return
		fi
	done
	echo none
}

# The one command that installs PACKAGES.
install_command() {
	case $1 in
	apt-get) echo "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $2" ;;
	dnf) echo "dnf install -y $2" ;;
	pacman) echo "pacman -Sy --needed --noconfirm $2" ;;
	zypper) echo "zypper --non-interactive install $2" ;;
	apk) echo "apk add $2" ;;
	esac
}

# How to become root: prints `sh -c` with sudo where it takes that. Without a
# terminal sudo cannot ask for a password. Fails when there is no way.
rootly() {
	if [ "$(id -u)" -eq 0 ]; then
		echo sh -c
	elif ! command -v sudo >/dev/null 2>&1; then
		return 1
	elif [ -t 0 ]; then
		echo sudo sh -c
	else
		echo sudo -n sh -c
	fi
}

# install_missing NEED...: leave with the one command to type when it cannot. What is there for
# words alone is only installed along with the rest.
install_missing() {
	manager=$(manager)
	packages=$(missing "$manager" "$@")
	if [ -z "$packages" ]; then
		packages=$(missing "$manager" words)
		[ -z "$packages" ] ||
			tell "the interface stays English, for want of ${packages% }"
		return 0
	fi
	packages=$(missing "$manager" "$@" words)
	packages=${packages% }
	[ "$manager" != none ] ||
		give_up "missing: $packages. Install them (scripts/packages has their packages' names)."
	command=$(install_command "$manager" "$packages")
	if rootly=$(rootly); then
		tell "installing with $manager: $packages"
		# shellcheck disable=SC2086 # a command in words
		$rootly "$command" >"$log" 2>&1 && [ -z "$(missing "$manager" "$@")" ] && return
		tail -n 20 "$log" >&2
	fi
	tell "packages are missing. As root, type:"
	printf '    %s\n' "$command" >&2
	exit 2
}

#
# Building
#

# quietly WHAT COMMAND...: its output goes to the log, which is shown if it fails.
quietly() {
	what=$1
	shift
	"$@" >"$log" 2>&1 && return
	grep -v '^make\|^  [A-Z]* \|^checking .*\.\.\. *[^:]*$' "$log" | tail -n 40 >&2
	give_up "$what failed; all it said is in $log"
}

in_directory() (
	cd "$1" && shift && "$@"
)

# Whether `configure` and what automake makes are there, and newer than what they
# are made from.
configure_is_new() {
	for made in configure Makefile.in build-aux/missing; do
		[ -e "$top/$made" ] || return 1
	done
	[ -z "$(find "$top/configure.ac" -newer "$top/configure")" ] &&
		[ -z "$(find "$top/Makefile.am" -newer "$top/Makefile.in")" ]
}

# What autotools and make cannot have in the name of a directory.
check_name() {
	case $1 in
	*[\\\"\#\$\&\'\`\ \	]* | *'
'*) give_up "cannot build in $1: make takes no spaces, quotes or dollar signs in" \
		"the name of a directory. Move it, or give it another name." ;;
	esac
}

# Make the build directory and hold it: a second ./run waits for the first.
hold_build() {
	mkdir -p "$build" 2>/dev/null || :
	for file in "$build" "$build/Makefile" "$log" "$build/.lock"; do
		if [ -e "$file" ] || [ "$file" = "$build" ]; then
			[ -w "$file" ] || give_up "cannot write to $file, so nothing can be built there." \
				"Set SOCKTUTOR_BUILD to a directory of yours, or copy the source."
		fi
	done
	exec 9>"$build/.lock"
	! command -v flock >/dev/null 2>&1 || flock 9
}

# autotools' files are made in the source tree.
prepare() {
	configure_is_new && return
	[ -w "$top" ] || give_up "cannot write to $top, where configure has to be made." \
		"Copy the source to a directory of yours and start it there."
	quietly 'making configure' in_directory "$top" autoreconf -i
	touch "$top/configure" "$top/Makefile.in"
}

# configured_for WHAT: whether the build directory is for this tree, and has
# what WHAT (run, check) needs.
configured_for() {
	[ -e "$build/Makefile" ] && [ -e "$build/.configured" ] &&
		read -r place tests <"$build/.configured" && [ "$place" = "$top" ] &&
		{ [ "$1" = run ] || [ "$tests" = tests ]; }
}

# Objects made for a tree that has moved since name its old place.
configure_for() {
	configured_for "$1" && return
	option=--disable-tests
	tests=without
	if [ "$1" != run ]; then
		option=--enable-tests
		tests=tests
	fi
	if [ -e "$build/.configured" ] && read -r place _ <"$build/.configured" &&
		[ "$place" != "$top" ]; then
		(cd "$build" && make -s clean) >"$log" 2>&1 || :
	fi
	quietly configure in_directory "$build" "$top/configure" "$option"
	echo "$top $tests" >"$build/.configured"
}

cores() {
	nproc 2>/dev/null || echo 1
}

# set_up WHAT: packages, configure, make. WHAT is run or check.
set_up() {
	check_name "$top"
	check_name "$build"
	hold_build
	if [ "$1" != run ] || ! up_to_date; then
		make_all "$1"
	fi
	exec 9>&- # or the program would hold the lock as long as it runs
}

make_all() {
	needs=run
	[ "$1" = run ] || needs='run check'
	configure_is_new || needs="$needs git"
	# shellcheck disable=SC2086 # a list of words
	install_missing $needs
	tell "building in $build (once, and when a source has changed)"
	: >"$build/.begun"
	prepare
	configure_for "$1"
	quietly 'the build' make -s -C "$build" -j "$(cores)"
	echo "$top" >"$build/.begun.new" && touch -r "$build/.begun" "$build/.begun.new" &&
		mv "$build/.begun.new" "$stamp"
}

# What the failed tests in this directory said.
show_failures() {
	grep -L 'global-test-result: \(PASS\|SKIP\)' tests/*.trs tests/*/*.trs 2>/dev/null |
		while read -r trs; do
			printf -- '-- %s\n' "${trs%.trs}"
			tail -n 60 "${trs%.trs}.log"
		done
}

# Build and run every test of the build directory $1: one line for each, what the
# failed ones said, and 'N passed, N failed'. Returns whether all passed.
run_tests() (
	cd "$1" || exit 1
	quietly 'building the tests' make -s -j "$(cores)" check TESTS=
	rm -f tests/passed
	{ make -s -j "$(cores)" check 2>&1 && : >tests/passed; } |
		awk '/^(PASS|FAIL|SKIP|XPASS|ERROR): / { print; fflush() }'
	[ -e tests/passed ] || show_failures
	sh "$top/scripts/total.sh" . && [ -e tests/passed ]
)
