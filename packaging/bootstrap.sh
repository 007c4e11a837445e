#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs the Debian packages that TikGok needs and that are not there yet.
# Usage: packaging/bootstrap.sh [build] [test] [bench] [art] [package]   (no word: build)
#   build  what ./run needs        test  build + what ./test needs
#   bench  what tests/bench needs  art   what regenerates resources/media  package  what ./package needs
# Asks nothing, downloads nothing when every package is there.
set -euo pipefail

build=(
  build-essential g++ cmake ninja-build ccache pkg-config git ca-certificates
  qt6-base-dev qt6-declarative-dev qt6-multimedia-dev qt6-svg-dev qt6-websockets-dev qt6-tools-dev
  qt6-tools-dev-tools qt6-l10n-tools qt6-base-private-dev qt6-declarative-private-dev
  libgl-dev libegl-dev libxkbcommon-dev
  qtkeychain-qt6-dev qcoro-qt6-dev
  libboost1.81-dev libboost-json1.81-dev
  libsqlite3-dev libsqlitecpp-dev libsodium-dev libspdlog-dev libfmt-dev libcli11-dev zlib1g-dev
  prometheus-cpp-dev libtomlplusplus-dev libcurl4-openssl-dev libyaml-cpp-dev
  libavformat-dev libavcodec-dev libavutil-dev libswscale-dev libswresample-dev
  libsoundtouch-dev qt6-shadertools-dev
  # run time: QML modules and what a window needs
  qml6-module-qtquick qml6-module-qtquick-window qml6-module-qtquick-controls
  qml6-module-qtquick-templates qml6-module-qtquick-layouts qml6-module-qtquick-dialogs
  qml6-module-qtmultimedia qml6-module-qtqml qml6-module-qtqml-workerscript
  qml6-module-qtqml-models qml6-module-qtcore qml6-module-qt-labs-folderlistmodel
  qml6-module-qt-labs-settings libqt6sql6-sqlite libqt6svg6 libsecret-1-0 qt6-wayland
  libgl1-mesa-dri fonts-inter fonts-dejavu-core fonts-noto-cjk fonts-noto-color-emoji
  xvfb xauth
)
test=(
  qml6-module-qttest clang-19 clang-format-19 clang-tidy-19 libclang-rt-19-dev
  qt6-qmllint-plugins reuse curl python3 python3-yaml python3-jsonschema libvalijson-dev
  dbus-daemon at-spi2-core python3-dbus gnome-keyring xdotool imagemagick ffmpeg lcov shellcheck
  desktop-file-utils appstream groff-base zsh fish
  prometheus
)
bench=(wrk nginx-light golang-go gcc golang-github-gin-gonic-gin-dev
  golang-github-golang-jwt-jwt-dev golang-github-mattn-go-sqlite3-dev
  golang-github-go-sql-driver-mysql-dev golang-github-jinzhu-gorm-dev libbenchmark-dev time
  mariadb-server-core mariadb-client-core)
art=(python3-numpy python3-pil ffmpeg)
package=(dpkg-dev file fontconfig librsvg2-bin debootstrap lintian rpm rpmlint makeself patchelf)

want=("${build[@]}")
for word in "$@"; do
  case "$word" in
    build) ;;
    test) want+=("${test[@]}") ;;
    bench) want+=("${bench[@]}") ;;
    art) want+=("${art[@]}") ;;
    package) want+=("${package[@]}") ;;
    *) echo "bootstrap: unknown word '$word' (build, test, bench, art, package)" >&2; exit 2 ;;
  esac
done

# Debian 12 has an older Boost by default, and this one beside it; later releases have a newer one by default.
if [ -r /etc/os-release ] && ! grep -q '^VERSION_CODENAME=bookworm$' /etc/os-release; then
  want=("${want[@]/1.81-dev/-dev}")
fi

if ! command -v dpkg-query >/dev/null; then
  echo "bootstrap: this script installs Debian packages; on another system install the equivalents of:" >&2
  printf '  %s\n' "${want[@]}" >&2
  exit 1
fi

have=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' | awk '$1=="installed"{print $2}' | sort -u)
mapfile -t missing < <(comm -23 <(printf '%s\n' "${want[@]}" | sort -u) <(printf '%s\n' "$have"))
[ "${#missing[@]}" -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if command -v sudo >/dev/null; then as_root=(sudo); else
    echo "bootstrap: these packages are missing and neither root nor sudo is available:" >&2
    printf '  %s\n' "${missing[@]}" >&2
    exit 1
  fi
fi

echo "bootstrap: installing ${#missing[@]} packages: ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
# Only the program of the Prometheus package is wanted: its service is neither enabled nor started.
unit=/etc/systemd/system/prometheus.service
masked=no
if [[ " ${missing[*]} " == *" prometheus "* && ! -e "$unit" && ! -L "$unit" ]]; then
  "${as_root[@]}" mkdir -p "${unit%/*}"
  "${as_root[@]}" ln -s /dev/null "$unit"
  masked=yes
fi
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" >&2
if [ "$masked" = yes ]; then
  # Without systemd the init script would start it at the next boot.
  if command -v update-rc.d >/dev/null && [ -e /etc/init.d/prometheus ]; then
    "${as_root[@]}" update-rc.d prometheus disable >/dev/null 2>&1 || true
  fi
fi
