#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the self-extracting installer: both programs with Qt, its plugins and QML modules, the codecs and everything
# else that a bare Debian 12 has not. Left out: the C library, and the drivers of the graphics card.
# Usage: packaging/linux/bundle/make.sh BUILD-DIR OUT-DIR
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$(realpath "$1"); out=$(realpath -m "$2")
version=$(sed -nE 's/^CMAKE_PROJECT_VERSION:STATIC=(.*)$/\1/p' "$build/CMakeCache.txt")
qt=$(sed -nE 's/^Qt6Core_DIR:PATH=(.*)\/lib.*$/\1/p' "$build/CMakeCache.txt")
triplet=$(gcc -print-multiarch)
fonts=/usr/share/fonts
plugins=$qt/lib/$triplet/qt6/plugins; modules=$qt/lib/$triplet/qt6/qml
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
name=tikgok-$version-$(uname -m)
root=$work/$name

for component in tikgok tikgok-sim; do
  DESTDIR=$work/stage cmake --install "$build" --component "$component" --strip >/dev/null
done
mkdir -p "$root"
cp -a "$work/stage/usr/bin" "$work/stage/usr/share" "$root/"
mkdir -p "$root/lib" && cp -a "$work/stage/usr/lib/tikgok" "$root/lib/"
mkdir -p "$root/share/systemd/user"
sed 's|^ExecStart=/usr/bin/|ExecStart=%h/.local/bin/|' "$work/stage/usr/lib/systemd/user/tikgok-sim.service" \
  >"$root/share/systemd/user/tikgok-sim.service"
# One copy of the media is enough here.
rm -rf "$root/share/tikgok-sim" && ln -s tikgok "$root/share/tikgok-sim"

copy() { mkdir -p "$root/$2"; cp -a "$1" "$root/$2/"; }
for plugin in platforms/libqxcb platforms/libqwayland-egl platforms/libqwayland-generic platforms/libqoffscreen \
  imageformats/libqjpeg imageformats/libqsvg iconengines/libqsvgicon tls/libqopensslbackend \
  platforminputcontexts/libcomposeplatforminputcontextplugin platforminputcontexts/libibusplatforminputcontextplugin \
  xcbglintegrations/libqxcb-egl-integration xcbglintegrations/libqxcb-glx-integration; do
  copy "$plugins/$plugin.so" "plugins/${plugin%/*}"
done
for folder in wayland-decoration-client wayland-graphics-integration-client wayland-shell-integration; do
  copy "$plugins/$folder" plugins
done
# Only what the QML of the app imports, directly or not; development files stay behind.
mkdir -p "$root/qml/QtQuick/Controls" "$root/qml/QtQml"
cp -a "$modules"/QtQuick/{libqtquick2plugin.so,qmldir,Window,Templates,Layouts,Dialogs} "$root/qml/QtQuick/"
mkdir -p "$root/qml/Qt/labs"; cp -a "$modules"/Qt/labs/folderlistmodel "$root/qml/Qt/labs/"; cp -a "$modules"/QtCore "$root/qml/"
cp -a "$modules"/QtQuick/Controls/{libqtquickcontrols2plugin.so,qmldir,Basic,impl} "$root/qml/QtQuick/Controls/"
cp -a "$modules"/QtQml/{*.so,qmldir,WorkerScript} "$root/qml/QtQml/" 2>/dev/null || true
find "$root/qml" -name '*.qmltypes' -delete
mkdir -p "$root/share/fonts"; cp -aL "$fonts"/truetype/dejavu/DejaVuSans{,-Bold}.ttf "$root/share/fonts/"
cp -aL "$fonts"/opentype/inter/Inter-{Regular,SemiBold,Bold}.otf "$root/share/fonts/"
# For both of the languages: a desktop that speaks English has often no Chinese letters.
cp -aL "$fonts"/opentype/noto/NotoSansCJK-Regular.ttc "$root/share/fonts/"
install -m 644 "$here/fonts.conf" "$root/share/fonts/"

# Libraries, and the libraries of libraries. libsecret is opened by the keychain by name.
mkdir -p "$root/lib" "$root/lib/gl"
secret=$(ldconfig -p | awk '/libsecret-1\.so\.0/ && !seen++ {print $NF}')
{
  find "$root/bin" "$root/lib/tikgok" "$root/plugins" "$root/qml" -type f \( -perm -u+x -o -name '*.so' \)
  [ -n "$secret" ] && echo "$secret"
} | xargs ldd 2>/dev/null | awk '/=> \// {print $3}' | sort -u >"$work/libraries"
[ -n "$secret" ] && echo "$secret" >>"$work/libraries"
while read -r library; do
  case "$(basename "$library")" in
    # The C library is the system's, always.
    ld-linux* | libc.so* | libm.so* | libdl.so* | libpthread.so* | librt.so* | libresolv.so* | libutil.so* | libanl.so*) ;;
    # These of a newer system work with older programs; the other way round a newer graphics driver would not load.
    libstdc++.so* | libgcc_s.so*) ;;
    # The doors to the graphics driver: the system's when it has them.
    libGL.so* | libGLX.so* | libEGL.so* | libOpenGL.so* | libGLdispatch.so*) cp -aL "$library" "$root/lib/gl/" ;;
    *) cp -aL "$library" "$root/lib/" ;;
  esac
done <"$work/libraries"
# shellcheck disable=SC2016
{
  find "$root/bin" -type f -exec patchelf --set-rpath '$ORIGIN/../lib' {} +
  find "$root/lib/tikgok" -type f -exec patchelf --set-rpath '$ORIGIN/..' {} +
  find "$root/lib" -maxdepth 1 -type f -exec patchelf --set-rpath '$ORIGIN' {} +
  find "$root/plugins" -name '*.so' -exec patchelf --set-rpath '$ORIGIN/../../lib' {} +
}
find "$root/qml" -name '*.so' | while read -r module; do
  up=$(realpath --relative-to="$(dirname "$module")" "$root/lib")
  patchelf --set-rpath "\$ORIGIN/$up" "$module"
done
printf '[Paths]\nPrefix=..\nPlugins=plugins\nQmlImports=qml\n' >"$root/bin/qt.conf"
for program in tikgok tikgok-sim; do
  install -m 755 "$here/start.sh" "$root/$program"
done
install -m 755 "$here/install.sh" "$here/uninstall.sh" "$root/"
printf '%s\n' "$version" >"$root/VERSION"
# Whose work comes along: the notices of the packages that the libraries are from. (ldd names them below /lib as well.)
mapfile -t paths < <(awk '{ print; if (sub("^/usr/lib/", "/lib/")) print; else if (sub("^/lib/", "/usr/lib/")) print }' "$work/libraries")
{ dpkg-query -S "${paths[@]}" "$fonts"/{truetype/dejavu/DejaVuSans.ttf,opentype/inter/Inter-Regular.otf,opentype/noto/NotoSansCJK-Regular.ttc} 2>/dev/null || true; } | sed -E 's/(:[a-z0-9]+)?: .*//' | sort -u |
  while read -r package; do
    mkdir -p "$root/share/doc/$package"; cp -aL "/usr/share/doc/$package/copyright" "$root/share/doc/$package/"
  done
[ -e "$root/share/doc/libqt6core6/copyright" ] || { echo "make: whose work the libraries are was not found" >&2; exit 1; }

# Nothing of this moment or machine: one time for all files, one order, no names of people.
touched=@${SOURCE_DATE_EPOCH:-$(git -C "$here" log -1 --format=%ct)}
find "$root" -exec touch -hd "$touched" {} +
mkdir -p "$out"
cat >"$work/help" <<TEXT
TikGok $version. Installs for one user, without root, in ~/.local/opt/tikgok:  sh $name.run
In another directory:  sh $name.run -- --to DIR      also over a newer TikGok:  -- --older
Afterwards DIR/uninstall.sh removes it.

TEXT
# 6n: gzip -6 -n, without the time of day in its head; makeself 2.4 has no other way to hand that on. With names that say
# nothing of this machine: the archive keeps the command that made it. And install.sh is given to the shell, since the
# temporary directory may be one from which nothing can be started.
(cd "$work" && LC_ALL=C makeself --quiet --gzip --complevel 6n --nox11 --nomd5 --sha256 --tar-quietly \
  --help-header help --packaging-date "$(LC_ALL=C date -u -d "$touched")" \
  --tar-extra "--sort=name --owner=0 --group=0 --numeric-owner --mtime=$touched" \
  "$name" "$name.run" "TikGok $version" sh ./install.sh >/dev/null)
mv "$work/$name.run" "$out/$name.run"
