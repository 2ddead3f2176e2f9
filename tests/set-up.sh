#!/bin/sh
# ./run and ./check on a machine where everything is missing: they name the
# packages in the words of its package manager, use sudo where there is one, and
# otherwise print the command to type and exit with status 2.
. "${srcdir:-.}/tests/lib.sh"

mkdir tree
cp -R "$srcdir/run" "$srcdir/check" "$srcdir/scripts" tree/
touch tree/configure.ac tree/Makefile.am

# machine MANAGER...: a path with little on it but these package managers.
machine() {
	rm -rf bin tree/build
	mkdir bin
	for tool in sh dirname mkdir grep tr awk tail find flock cat rm mktemp touch; do
		real=$(command -v "$tool") && ln -s "$real" "bin/$tool"
	done
	command_file id 'echo 1000'
	for tool; do
		command_file "$tool" 'echo "$0 $*" >>"$CALLS"'
	done
	: >calls
}
command_file() {
	printf '#!/bin/sh\n%s\n' "$2" >"bin/$1"
	chmod +x "bin/$1"
}

# start SCRIPT: run it on that machine.
start() {
	status=0
	CALLS=$test_dir/calls PATH=$test_dir/bin "./tree/$1" </dev/null >out 2>err || status=$?
	check "$1 exits with status 2" test "$status" -eq 2
	check "$1 prints nothing on standard output" test ! -s out
}
says() {
	check "it says: $1" grep -qF -- "$1" err
}
silent_about() {
	refuse "it does not say: $1" grep -qF -- "$1" err
}

machine apt-get
start run
says 'apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends gcc libc6-dev'
says 'autoconf automake'
says 'libncurses-dev libevent-dev libmd4c-dev libjansson-dev libmnl-dev libpcap-dev libseccomp-dev'
says ' gettext'
silent_about cunit
silent_about vterm
silent_about clang
check 'without root or sudo nothing is installed' test ! -s calls
start check
says 'libcunit1-dev libvterm-dev'

machine dnf
start run
says 'dnf install -y gcc glibc-devel kernel-headers make pkgconf-pkg-config autoconf automake ncurses-devel'
machine pacman
start check
says 'libseccomp cunit libvterm'
machine zypper
start run
says 'zypper --non-interactive install gcc'
machine apk
start run
says 'apk add gcc musl-dev linux-headers make pkgconf'

# The first of two counts; with none of them the probes are named.
machine apk apt-get
start run
says 'apt-get install'
machine
start run
says 'missing: cc'
says 'libseccomp'
silent_about cunit

# With root, or sudo, it tries; a manager that did not install is no success.
machine apt-get
command_file id 'echo 0'
start run
check 'root runs the package manager' grep -q 'apt-get install -y .* libpcap-dev' calls
says 'packages are missing'
machine apt-get sudo
start run
check 'others run it through sudo, which must not ask without a terminal' \
	grep -q 'sudo -n sh -c apt-get update && .* libpcap-dev' calls
says 'packages are missing'

# A tarball has configure: no autotools.
machine apt-get
mkdir tree/build-aux
touch tree/configure tree/Makefile.in tree/build-aux/missing
start run
silent_about automake

# Nothing can be built where nothing can be written.
if [ "$(id -u)" -ne 0 ]; then
	machine apt-get
	chmod a-w tree
	start run
	says "cannot write to $test_dir/tree/build"
	chmod u+w tree
fi

# Nor where make cannot: that is said, and not only found in a log.
for name in 'two words' "it's" 'a$b' 'a"b' 'a#b' 'a`b' 'a\b' 'a&b'; do
	machine apt-get
	cp -R tree "$name"
	status=0
	PATH=$test_dir/bin "./$name/run" </dev/null >out 2>err || status=$?
	check "in '$name' run exits with status 2" test "$status" -eq 2
	says "cannot build in $test_dir/$name: "
	check 'and nothing is made there' test ! -e "$name/build"
done
machine apt-get
status=0
PATH=$test_dir/bin SOCKTUTOR_BUILD="$PWD/two words/b" ./tree/run </dev/null >out 2>err || status=$?
says "cannot build in $test_dir/two words/b: "

# Wherever cd would look, the tree is where the script is.
mkdir -p elsewhere/tree
machine apt-get
status=0
CDPATH=$test_dir/elsewhere:. PATH=$test_dir/bin sh tree/run </dev/null >out 2>err || status=$?
check 'CDPATH makes no difference: exit status 2' test "$status" -eq 2
says 'apt-get update'

# What configure did not find is shown, and what it found is not.
printf 'checking for x... yes\nchecking for y... configure: error: no y\nmake: *** 1\n' >said
check 'the error that ends a failed step is shown' sh -c '
	top=$PWD && build=$PWD && . "$0" && log=$PWD/said.log
	(quietly "a step" sh -c "cat said; false") 2>shown || grep -q "error: no y" shown' \
	"$srcdir/scripts/setup.sh"
refuse 'and nothing else of it' grep -q '... yes' shown

# The table itself: seven columns, known needs and probes, no probe twice.
grep -v '^#' "$srcdir/scripts/packages" >rows
check 'each row of scripts/packages has seven columns' test "$(awk 'NF != 7' rows | wc -l)" -eq 0
check 'each row has a known need and probe' \
	test "$(grep -Ev '^(git|run|words|check|ci) +(cmd|header|lib|cc|clang):' rows | wc -l)" -eq 0
check 'no probe stands there twice' test -z "$(awk '{ print $2 }' rows | sort | uniq -d)"
finish
