#!/bin/sh
# Runs shell commands as root in the Debian that lies in a folder, with this machine's network.
#
#   chroot.sh ROOT COMMANDS
#
# What is mounted for it and what it leaves running is gone with it. pip's settings in the environment are taken along;
# HOST_FOLDERS names folders of this machine that are to be seen in there, for one where pip is to use them.
set -eu
root=$1 commands=$2

mkdir -p "$root/etc/ssl/certs"
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"

# Not of the desktop or the checkout from which it is called.
unset DISPLAY WAYLAND_DISPLAY XAUTHORITY DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR VIRTUAL_ENV MAKEFLAGS MAKELEVEL MFLAGS
export HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

# shellcheck disable=SC2086 (a list of folders)
exec unshare --mount --pid --fork --kill-child sh -ec '
    root=$1 commands=$2
    shift 2
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/dev/shm"
    for folder; do
        mkdir -p "$root$folder"
        mount --bind -o ro "$folder" "$root$folder"
    done
    exec chroot "$root" sh -ec "$commands"' sh "$root" "$commands" ${HOST_FOLDERS:-}
