#!/bin/sh
# Makes .venv with the program's dependencies and the development tools, at the versions of constraints.txt.
#
#   venv.sh dev            everything but the bundler
#   venv.sh dev,bundle     with it
set -eu

# 3.11 first, because that is what the program is developed on; 3.14 has no wheel of the pinned Qt.
find_python() {
    for candidate in python3.11 python3 python3.12 python3.13; do
        # Run it instead of only looking for it: a version manager may put a name on the path with nothing behind it.
        if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    echo "goalform needs Python 3.11, 3.12 or 3.13; please install one (Debian: python3.11 python3.11-venv)." >&2
    return 1
}

make_venv() {
    python=$(find_python)
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        package=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
            echo "Python's venv module is missing; please install it (Debian: $package)." >&2
            return 1
        fi
        echo "Installing: $package"
        export DEBIAN_FRONTEND=noninteractive
        apt-get -qq -o DPkg::Lock::Timeout=300 update </dev/null || true
        apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$package" </dev/null >/dev/null
    fi
    "$python" -m venv --clear .venv # what is there belongs to a Python that is gone
}

echo "Preparing .venv (only after a change of the dependencies; about a minute) …"
.venv/bin/python -c '' 2>/dev/null || make_venv

log=.venv/install.log
if ! .venv/bin/python -m pip install --disable-pip-version-check --no-input \
        -c resources/packaging/constraints.txt -e ".[$1]" </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi
