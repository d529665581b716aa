#!/bin/sh
# Makes dist/goalform, a folder that runs without Python, and says which systems it will start on.
#
#   bundle.sh [FOLDER]     for which folder beside dist/goalform (default dist)
set -eu

target=${1:-dist}
bundle=$target/goalform
work=build
log=.venv/bundle.log
.venv/bin/python -m PyInstaller --noconfirm --distpath "$target" --workpath "$work" \
    resources/packaging/goalform.spec >"$log" 2>&1 || { cat "$log" >&2; exit 1; }

# A Python compiled on the machine carries what a debugger wants, three quarters of its size. Qt's files come stripped.
find "$bundle" -type f -name '*.so*' ! -path '*/PySide6/*' ! -path '*/shiboken6/*' -exec strip --strip-unneeded {} +

.venv/bin/python resources/packaging/notices.py "$work/goalform/parts.json" "$bundle/_internal/resources/notices"

# What the folder needs of the system it is copied to: the newest glibc that any file in it was linked against.
needed_glibc() {
    find "$bundle" -type f \( -name '*.so*' -o -name goalform \) -exec objdump -p {} + 2>/dev/null |
        grep -o 'GLIBC_2\.[0-9]*' | sort -uV | tail -n 1 | sed 's/GLIBC_//'
}

needed_glibc >"$bundle/_internal/glibc"
"$bundle/goalform" --help >/dev/null
echo "$bundle: $(du -sm --apparent-size "$bundle" | cut -f 1) MB, needs glibc $(cat "$bundle/_internal/glibc") or newer"
