#!/bin/sh
# `make run` and `make test` from a bare clone on a Debian that has Python, make and apt and nothing else.
#
#   bare_clone.sh [SUITE [MIRROR]]     default trixie (Debian 13)
#
# As root. What is tried is the last commit, with ../shared beside it where that is here. The system is made by debootstrap
# in build/bare-SUITE and kept there with all that was downloaded; each run uses up a copy of it. HOST_FOLDERS: see chroot.sh.
set -eu

suite=${1:-trixie}
mirror=${2:-${GOALFORM_MIRROR:-http://deb.debian.org/debian}}
root=$PWD/build/bare-$suite
copy=$root.copy
place=/srv/goalform

[ "$(id -u)" = 0 ] || { echo "This makes a system in a folder of its own, which only root can do." >&2; exit 1; }

inside() { sh resources/packaging/chroot.sh "$@"; }
throw_away() { rm -rf --one-file-system "$copy"; }

if [ ! -e "$root/.ready" ]; then
    rm -rf --one-file-system "$root"
    mkdir -p "$root"
    log=$root.log
    debootstrap --variant=minbase "$suite" "$root" "$mirror" >"$log" || { tail -n 30 "$log" >&2; exit 1; }
    inside "$root" 'apt-get -qq update; DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends \
        python3 make ca-certificates' >"$log" 2>&1 || { tail -n 30 "$log" >&2; exit 1; }
    rm "$log"
    touch "$root/.ready"
fi

throw_away
trap throw_away EXIT
trap 'exit 1' HUP INT TERM
cp -a "$root" "$copy"
mkdir -p "$copy$place"
[ -z "$(git status --porcelain)" ] || echo "Not tried are the changes that are not committed."
git clone --quiet --no-hardlinks . "$copy$place/goalform"
[ ! -d ../shared ] || cp -R ../shared "$copy$place/shared"

outcome=0
inside "$copy" "
    cd $place/goalform
    . /etc/os-release
    echo \"\$PRETTY_NAME, \$(python3 --version)\"
    make run
    ls out/*.docx out/*.xlsx >/dev/null
    sh resources/packaging/machine.sh tests
    make test" </dev/null || outcome=$?
for kept in var/cache/apt/archives root/.cache/pip; do # what was downloaded need not be so again
    [ ! -d "$copy/$kept" ] || { mkdir -p "$root/$kept" && cp -au "$copy/$kept/." "$root/$kept/"; }
done
exit "$outcome"
