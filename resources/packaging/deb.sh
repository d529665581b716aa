#!/bin/sh
# Makes dist/org.goalform_VERSION_amd64.deb out of dist/goalform: the whole program below /opt/apps, as 统信 UOS wants it.
#
#   deb.sh [FOLDER]        where goalform/ lies and the package goes (default dist)
#
# On UOS the desktop reads entries/; everywhere else it reads /usr/share, where links lead to the same files. There are no
# maintainer scripts: menu, icons and file types are brought up to date by the system's own triggers, and nothing ever
# touches the user's data folder.
set -eu

target=${1:-dist}
name=org.goalform
source=resources/packaging/linux
version=$(.venv/bin/python -c 'from importlib.metadata import version; print(version("goalform"))')
architecture=$(dpkg --print-architecture)
glibc=$(cat "$target/goalform/_internal/glibc")
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
umask 022
chmod 755 "$root"

app=$root/opt/apps/$name
entries=$app/entries
mkdir -p "$app/files" "$entries/applications" "$entries/mime/packages" "$entries/icons/hicolor/scalable/apps" \
    "$root/DEBIAN" "$root/usr/bin" "$root/usr/share/applications" "$root/usr/share/mime/packages" \
    "$root/usr/share/doc/$name"

cp -a "$target/goalform" "$app/files/program"
install -m 755 $source/goalform "$app/files/goalform"
install -m 644 $source/fonts.conf "$app/files/fonts.conf"
install -m 644 $source/goalform.desktop "$entries/applications/$name.desktop"
install -m 644 $source/goalform-mime.xml "$entries/mime/packages/$name.xml"
install -m 644 resources/icons/goalform.svg "$entries/icons/hicolor/scalable/apps/$name.svg"
QT_QPA_PLATFORM=offscreen .venv/bin/python resources/packaging/icons.py resources/icons/goalform.svg "$entries/icons/hicolor" "$name"
sed "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/" $source/info >"$app/info"
install -m 644 $source/copyright "$root/usr/share/doc/$name/copyright"

ln -s "/opt/apps/$name/files/goalform" "$root/usr/bin/goalform"
ln -s "/opt/apps/$name/entries/applications/$name.desktop" "$root/usr/share/applications/$name.desktop"
ln -s "/opt/apps/$name/entries/mime/packages/$name.xml" "$root/usr/share/mime/packages/$name.xml"
(cd "$entries/icons" && find hicolor -type f) | while read -r icon; do
    mkdir -p "$root/usr/share/icons/${icon%/*}"
    ln -s "/opt/apps/$name/entries/icons/$icon" "$root/usr/share/icons/$icon"
done

size=$(du -sk --apparent-size "$root" | cut -f 1)
sed "s/@VERSION@/$version/; s/@ARCHITECTURE@/$architecture/; s/@GLIBC@/$glibc/; s/@SIZE@/$size/" \
    $source/control >"$root/DEBIAN/control"
(cd "$root" && find opt usr -type f -exec md5sum {} + | sort -k 2) >"$root/DEBIAN/md5sums"
find "$root" -type d -exec chmod 755 {} +
find "$root" -type f -perm /111 -exec chmod 755 {} +
find "$root" -type f ! -perm /111 -exec chmod 644 {} +

package=$target/${name}_${version}_$architecture.deb
# xz: the dpkg of the older systems this is for does not read zstd.
dpkg-deb --root-owner-group -Zxz --build "$root" "$package" >/dev/null
echo "$package: $(du -m --apparent-size "$package" | cut -f 1) MB, $((size / 1024)) MB installed, needs glibc $glibc or newer"
