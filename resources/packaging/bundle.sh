#!/bin/sh
# Makes dist/goalform, a folder that runs without Python, and says which systems it will start on.
set -eu

log=.venv/bundle.log
.venv/bin/python -m PyInstaller --noconfirm --distpath dist --workpath build \
    resources/packaging/goalform.spec >"$log" 2>&1 || { cat "$log" >&2; exit 1; }

# What the folder needs of the system it is copied to: the newest glibc that any file in it was linked against.
newest() {
    find dist/goalform -type f \( -name '*.so*' -o -name goalform \) -exec objdump -p {} + 2>/dev/null |
        grep -o 'GLIBC_2\.[0-9]*' | sort -uV | tail -n 1
}

dist/goalform/goalform --help >/dev/null
echo "dist/goalform: $(du -sh dist/goalform | cut -f 1), needs $(newest | sed 's/GLIBC_/glibc /') or newer"
