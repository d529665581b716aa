#!/bin/sh
# Makes the Debian package inside an older Debian, so that it starts on systems with an older glibc, too.
#
#   older.sh [SUITE [MIRROR]]     default bullseye (glibc 2.31)
#
# As root. The older system lies in build/SUITE and is used again; its Python is compiled from the source Debian ships, since
# none of its own is new enough. What in it still asks for more than glibc 2.28, that of 统信 UOS 20, is compiled anew, too
# (older_glibc.h says how it then asks for less). The package ends up in dist/older/. HOST_FOLDERS: see chroot.sh.
set -eu

suite=${1:-bullseye}
mirror=${2:-http://deb.debian.org/debian}
pool=http://deb.debian.org/debian/pool/main
dbus_source=${DBUS_SOURCE:-$pool/d/dbus/dbus_1.14.10.orig.tar.xz}
python_source=${PYTHON_SOURCE:-$pool/p/python3.11/python3.11_3.11.2.orig.tar.gz}
root=$PWD/build/$suite

make_root() {
    debootstrap --variant=minbase "$suite" "$root" "$mirror" >/dev/null
    echo "deb-src $mirror $suite main" >"$root/etc/apt/sources.list.d/sources.list"
    inside '
        export DEBIAN_FRONTEND=noninteractive
        apt-get -qq update
        apt-get -qq -y install --no-install-recommends ca-certificates curl make gcc libc6-dev binutils dpkg-dev pkg-config \
            tcl libsqlite3-0 libpng16-16 libdbus-1-3 zlib1g-dev libffi-dev libbz2-dev liblzma-dev libssl-dev libexpat1-dev uuid-dev'
    mkdir -p "$root/usr/src/older"
    cp resources/packaging/older_glibc.h "$root/usr/src/older/"
    inside '
        cd /usr/src/older
        apt-get -qq source sqlite3 libpng1.6
        mkdir dbus-1 && curl -sSf "$1" | tar -xJ -C dbus-1 --strip-components 1
        export CFLAGS="-O2 -include /usr/src/older/older_glibc.h"
        build() { (cd "$1"-*/ && shift && ./configure --quiet --disable-static "$@" && make -s -j2 && make -s install); }
        build sqlite3 --disable-tcl --disable-readline --enable-threadsafe --enable-fts4 --enable-fts5 --enable-json1
        build libpng1.6
        build dbus --disable-systemd --disable-selinux --disable-apparmor --disable-libaudit --disable-tests --without-x \
            --sysconfdir=/etc --localstatedir=/var --with-system-socket=/run/dbus/system_bus_socket
        ldconfig' "$dbus_source"
    inside '
        mkdir -p /usr/src/python && cd /usr/src/python
        curl -sSf "$1" | tar -xz --strip-components 1
        # sem_clockwait came with glibc 2.30; without it locks wait by sem_timedwait.
        CFLAGS="-include /usr/src/older/older_glibc.h" ./configure --quiet --prefix=/opt/python --enable-shared \
            --without-static-libpython LDFLAGS=-Wl,-rpath,/opt/python/lib ac_cv_func_sem_clockwait=no
        make -s -j2 && make -s install
        ln -sf /opt/python/bin/python3.11 /usr/local/bin/python3.11' "$python_source"
    touch "$root/.ready"
}

inside() { # the commands, in the older system; what they say is shown where they fail
    commands=$1
    shift
    chroot "$root" sh -ec "$commands" sh "$@" >"$root.log" 2>&1 || { tail -n 30 "$root.log" >&2; exit 1; }
}

[ -e "$root/.ready" ] || { rm -rf --one-file-system "$root"; mkdir -p "$root"; make_root; }

# The checkout as it lies here; the older system's own .venv stays.
mkdir -p "$root/goalform"
git ls-files -z --cached --others --exclude-standard | xargs -0 ls -d 2>/dev/null |
    tar --files-from=- -cf - | tar -C "$root/goalform" -xf -

sh resources/packaging/chroot.sh "$root" '
    cd /goalform
    sh resources/packaging/machine.sh run
    sh resources/packaging/venv.sh bundle
    sh resources/packaging/machine.sh bundle
    sh resources/packaging/bundle.sh
    sh resources/packaging/deb.sh'
mkdir -p dist/older
cp "$root"/goalform/dist/*.deb dist/older/
