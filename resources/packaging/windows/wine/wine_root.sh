#!/bin/sh
# A Debian 13 in a folder with Wine 10, a display and Chinese: what stands in for a clerk's Windows PC.
#
#   wine_root.sh ROOT [MIRROR]
#
# As root, on amd64. It is made once and kept; a run that was cut off begins anew. Debian 12's Wine 8 shows no Qt 6 window.
set -eu

root=$1
mirror=${2:-${GOALFORM_MIRROR:-http://deb.debian.org/debian}}
here=$(dirname "$0")
[ ! -e "$root/.ready" ] || exit 0
[ "$(id -u)" = 0 ] || { echo "This makes a system in a folder of its own, which only root can do." >&2; exit 1; }

rm -rf --one-file-system "$root"
mkdir -p "$root"
log=$root.log
debootstrap --variant=minbase trixie "$root" "$mirror" >"$log" || { tail -n 30 "$log" >&2; exit 1; }
# Wine's 32-bit half is for Inno Setup, whose compiler and installers are 32-bit programs.
sh "$here/../../chroot.sh" "$root" '
    dpkg --add-architecture i386
    apt-get -qq update
    echo "locales locales/default_environment_locale select zh_CN.UTF-8
locales locales/locales_to_be_generated multiselect zh_CN.UTF-8 UTF-8" | debconf-set-selections
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends \
        locales
    DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends \
        wine wine64 wine32:i386 xvfb xauth openbox xdotool x11-utils xclip imagemagick python3 python3-fonttools \
        fonts-noto-cjk fonts-liberation fonts-dejavu-core ca-certificates git unzip
    apt-get clean' >"$log" 2>&1 || { tail -n 30 "$log" >&2; exit 1; }
rm "$log"
touch "$root/.ready"
