#!/bin/sh
# Makes the Debian package inside an older Debian, so that it starts on systems with that one's glibc, too.
#
#   older.sh [SUITE [MIRROR]]     default bullseye (glibc 2.31); buster (2.28) where a mirror still has it
#
# As root. The older system lies in build/SUITE and is used again; its Python is compiled from the source Debian ships, since
# none of its own is new enough. The package ends up in dist/older/. HOST_FOLDERS names folders of this machine that are to
# be seen in there, too, for one where pip is to use them (its settings in the environment are taken along).
set -eu

suite=${1:-bullseye}
mirror=${2:-http://deb.debian.org/debian}
python_source=${PYTHON_SOURCE:-http://deb.debian.org/debian/pool/main/p/python3.11/python3.11_3.11.2.orig.tar.gz}
root=$PWD/build/$suite

make_root() {
    debootstrap --variant=minbase "$suite" "$root" "$mirror" >/dev/null
    chroot "$root" sh -c 'apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends \
        ca-certificates curl make gcc libc6-dev binutils dpkg-dev zlib1g-dev libffi-dev libsqlite3-dev libbz2-dev \
        liblzma-dev libssl-dev libexpat1-dev uuid-dev' >/dev/null
    chroot "$root" sh -ec '
        mkdir -p /usr/src/python && cd /usr/src/python
        curl -sSf "$1" | tar -xz --strip-components 1
        ./configure --quiet --prefix=/opt/python --enable-shared --without-static-libpython LDFLAGS=-Wl,-rpath,/opt/python/lib
        make -s -j2 && make -s install
        ln -sf /opt/python/bin/python3.11 /usr/local/bin/python3.11' sh "$python_source" >"$root.log" 2>&1 ||
        { tail -n 30 "$root.log" >&2; exit 1; }
    touch "$root/.ready"
}

[ -e "$root/.ready" ] || { rm -rf --one-file-system "$root"; mkdir -p "$root"; make_root; }

# The checkout as it lies here; the older system's own .venv stays.
mkdir -p "$root/goalform"
git ls-files -z --cached --others --exclude-standard | xargs -0 ls -d 2>/dev/null |
    tar --files-from=- -cf - | tar -C "$root/goalform" -xf -
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"

# shellcheck disable=SC2086 (a list of folders)
unshare --mount --pid --fork --kill-child sh -ec '
    root=$1
    shift
    mount -t proc proc "$root/proc"
    mount --bind /dev "$root/dev"
    for folder; do
        mkdir -p "$root$folder"
        mount --bind -o ro "$folder" "$root$folder"
    done
    exec chroot "$root" sh -ec "
        cd /goalform
        sh resources/packaging/machine.sh run
        sh resources/packaging/venv.sh bundle
        sh resources/packaging/machine.sh bundle
        sh resources/packaging/bundle.sh
        sh resources/packaging/deb.sh"' sh "$root" ${HOST_FOLDERS:-}
mkdir -p dist/older
cp "$root"/goalform/dist/*.deb dist/older/
