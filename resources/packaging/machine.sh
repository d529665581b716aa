#!/bin/sh
# Sees to it that this machine has what goalform needs; says nothing when it has.
#
#   machine.sh run      the libraries that Qt opens at run time, and a Chinese font
#   machine.sh bundle   the above, and what PyInstaller needs
#   machine.sh tests    the above (run), and what the window and document tests drive
#   machine.sh deb      all of that, and what tries a Debian package on a bare system
#   machine.sh clone    what tries a clone on a bare system
#   machine.sh windows  what makes the machine on which the program for Windows is built and tried
#
# As root on Debian and its relatives it installs what is missing. Elsewhere it names it in one line and goes on, because
# much works without: the commands need no window, and Qt itself says which library it misses.
set -eu
PATH=$PATH:/sbin:/usr/sbin # ldconfig is not on everyone's path

[ "$(uname -s)" = Linux ] || exit 0

# The file Qt opens, and the Debian package that brings it. The files are looked for, not the packages: other
# distributions have them under other names.
LIBRARIES='
libEGL.so.1 libegl1
libGL.so.1 libgl1
libglib-2.0.so.0 libglib2.0-0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libcups.so.2 libcups2
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libX11-xcb.so.1 libx11-xcb1
libxcb-cursor.so.0 libxcb-cursor0
libxcb-glx.so.0 libxcb-glx0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xinerama.so.0 libxcb-xinerama0
libxcb-xkb.so.1 libxcb-xkb1
libwayland-client.so.0 libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1 libwayland-egl1
'
TEST_TOOLS='make strace xvfb openbox xdotool x11-utils x11-xserver-utils imagemagick at-spi2-core dbus dbus-x11 python3-pyatspi poppler-utils
libreoffice-writer-nogui libreoffice-calc-nogui ibus ibus-libpinyin
pandoc default-jre-headless libpdfbox2-java libactivation-java libjaxb-api-java'
DEB_TOOLS='debootstrap desktop-file-utils shared-mime-info'

missing_libraries() {
    present=$(ldconfig -p)
    echo "$LIBRARIES" | while read -r file package; do
        [ -n "$file" ] || continue
        case $present in *"$file "*) ;; *) echo "$package" ;; esac
    done
}

missing_fonts() {
    command -v fc-list >/dev/null || { echo fontconfig fonts-noto-cjk fonts-liberation fonts-dejavu-core; return; }
    [ -n "$(fc-list :lang=zh)" ] || echo fonts-noto-cjk
    [ -n "$(fc-list 'Liberation Serif')" ] || echo fonts-liberation
    # What a Debian desktop writes Latin with; without it fontconfig takes a monospaced one for the whole window.
    [ -n "$(fc-list 'DejaVu Sans')" ] || echo fonts-dejavu-core
}

missing_packages() { # of those named; without dpkg there is nothing to go by
    [ $# -gt 0 ] && command -v dpkg-query >/dev/null || return 0
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    for package in "$@"; do
        echo "$installed" | grep -qxF "installed $package" || echo "$package"
    done
}

missing() {
    missing_libraries
    missing_fonts
    case $1 in
        tests) missing_packages $TEST_TOOLS ;;
        deb) missing_packages $TEST_TOOLS $DEB_TOOLS ;;
        clone) missing_packages debootstrap git ;;
        windows)
            missing_packages debootstrap git
            command -v npm >/dev/null || echo npm ;;
        bundle)
            command -v objdump >/dev/null || echo binutils
            # Debian's own Python keeps its library in a package of its own, and the bundle carries that library.
            missing_packages $(.venv/bin/python -c '
import sys
print("libpython%d.%d" % sys.version_info[:2] if sys.base_prefix == "/usr" else "")') ;;
    esac
}

install() {
    export DEBIAN_FRONTEND=noninteractive
    # One stale source must not stop the rest, so the update may fail; the installation may not.
    apt-get -qq -o DPkg::Lock::Timeout=300 update || true
    apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "$@"
}

wanted=$(missing "$1" | tr '\n' ' ' | sed 's/ $//')
[ -n "$wanted" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing: $wanted"
    log=$(mktemp)
    # shellcheck disable=SC2086 (a list of package names)
    if install $wanted </dev/null >"$log" 2>&1; then
        rm "$log"
        exit 0
    fi
    cat "$log" >&2
    rm "$log"
fi
echo "Missing on this machine; please install (Debian names): $wanted" >&2
