#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Installs the packages in a minimal Debian 12 of its own (debootstrap), as a stranger would, and checks them there:
# the client's self-check, the simulator under the conformance suite, and that removal leaves nothing behind. Where there
# is a package of an earlier commit (earlier.sh, DIR/earlier), it is used and upgraded. Then the self-extracting installer
# in another one that has nothing of Qt.
# Needs root and a Debian mirror.
# Usage: tests/packaging/in_fresh_root.sh [DIR-OF-PACKAGES [STEP ...]]   (build/packages; tikgok tikgok-sim upgrade run)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
packages=$(realpath "${1:-build/packages}")
conformance=$(realpath "${CONFORMANCE:-build/dev/bin/conformance}")
simulator=$(realpath "${SIMULATOR:-build/dev/bin/tikgok-sim}")
steps=" ${*:2} "; [ $# -gt 1 ] || steps=" tikgok tikgok-sim upgrade run "
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
[ "$(id -u)" -eq 0 ] || { echo "in_fresh_root: needs root" >&2; exit 2; }
packaging/bootstrap.sh package test
command -v debootstrap >/dev/null || { echo "in_fresh_root: debootstrap is missing" >&2; exit 2; }

base=build/roots/bookworm.tar
if [ ! -f "$base" ]; then
  mkdir -p build/roots
  fresh=$(mktemp -d "$PWD/build/roots/base.XXXXXX")
  chmod 755 "$fresh"  # it becomes /, which everybody must be able to enter
  debootstrap --variant=minbase bookworm "$fresh" "$mirror" >build/roots/debootstrap.log
  tar -C "$fresh" -cf "$base.part" . && mv "$base.part" "$base"
  rm -rf "$fresh"
fi
root=$(mktemp -d "$PWD/build/roots/root.XXXXXX")
shared=$(mktemp -d /tmp/tikgok-shared.XXXXXX)
server=
end() {
  if [ -n "$server" ]; then kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; fi
  umount "$root$shared" 2>/dev/null || true
  umount "$root/proc" 2>/dev/null || true
  rm -rf --one-file-system "$root" "$shared"
}
trap end EXIT
trap 'echo "in_fresh_root: line $LINENO failed" >&2' ERR
tar -C "$root" -xf "$base"
mkdir "$root/home/stranger"
mount -t proc proc "$root/proc"
enter=(chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/home/stranger LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive)
inside() { "${enter[@]}" "$@"; }
files() { (cd "$root" && find . -xdev \( -path ./proc -o -path ./tmp -o -path ./var/lib/apt -o -path ./var/cache -o -path ./var/log \) -prune -o -print | LC_ALL=C sort); }
step() { printf '== %s (%ss)\n' "$1" "$SECONDS"; }

step "apt install tikgok"
inside apt-get update -qq
# What the packages need comes first and stays, so that removal can be compared file by file.
mkdir "$root/tmp/packages"; cp "$packages"/*.deb "$root/tmp/packages/"
for package in tikgok tikgok-sim; do
  [[ "$steps" == *" $package "* ]] || continue
  step "$package: install, check, remove"
  deb=$(cd "$packages" && ls "${package}"_*.deb)
  inside apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "/tmp/packages/$deb" >"$packages/apt-$package.log" 2>&1 ||
    { cat "$packages/apt-$package.log"; exit 1; }
  inside apt-get purge -y -qq "$package" >/dev/null 2>&1
  files >"$packages/before.txt"
  inside apt-get install -y -qq --no-install-recommends "/tmp/packages/$deb" >/dev/null 2>&1
  case "$package" in
    tikgok)
      inside tikgok --self-check 2>/dev/null | tee "$packages/self-check.json"
      grep -q '"ok":true' "$packages/self-check.json" ;;
    tikgok-sim)
      # Without the function: the process id is that of the program itself.
      "${enter[@]}" tikgok-sim serve --data /home/stranger/sim --ready-json >"$packages/ready.json" 2>"$packages/sim.log" &
      server=$!
      until grep -q '"ready":true' "$packages/ready.json"; do kill -0 "$server"; read -rt 0.1 <> <(:) || true; done
      url=$(grep -oE 'http://[0-9.:]+' "$packages/ready.json" | head -1)
      "$conformance" --server "$url" | tail -3
      kill "$server"; wait "$server" || true; server= 
      rm -rf "$root/home/stranger/sim" ;;
  esac
  # Removed: nothing but dpkg's own notes, which a purge takes away as well.
  inside apt-get remove -y -qq "$package" >/dev/null 2>&1
  rm -rf "$root/home/stranger/.cache" "$root/home/stranger/.config" "$root/home/stranger/.local"
  files | grep -v "^\./var/lib/dpkg/info/$package\.\(list\|postrm\)$" >"$packages/after.txt"
  if ! diff "$packages/before.txt" "$packages/after.txt"; then echo "in_fresh_root: $package left something behind" >&2; exit 1; fi
  inside dpkg --purge "$package" >/dev/null 2>&1
  files >"$packages/after.txt"
  if ! diff "$packages/before.txt" "$packages/after.txt"; then echo "in_fresh_root: $package left something behind" >&2; exit 1; fi
done
earlier=$([ ! -d "$packages/earlier" ] || find "$packages/earlier" -maxdepth 1 -name 'tikgok_*.deb' -printf '%f\n' | sort | tail -1)
if [ -n "$earlier" ] && [[ "$steps" == *" upgrade "* ]]; then
  deb=$(cd "$packages" && ls tikgok_*.deb)
  step "upgrade from $earlier to $deb"
  cp "$packages/earlier/$earlier" "$root/tmp/packages/"
  inside apt-get install -y -qq --no-install-recommends "/tmp/packages/$earlier" >"$packages/apt-earlier.log" 2>&1 ||
    { cat "$packages/apt-earlier.log"; exit 1; }
  # The program runs in the root; what it writes, its display and the ears of the test are outside.
  mkdir "$root$shared"; mount --bind "$shared" "$root$shared"
  cp resources/media/videos/23-kaleidoscope.mp4 "$shared/film.mp4"
  printf '#!/bin/sh\nexec chroot %s tikgok "$@"\n' "$root" >"$shared/tikgok"
  printf '#!/bin/sh\nexec %s apt-get install -y -qq --no-install-recommends /tmp/packages/%s >%s/upgrade.log 2>&1\n' "${enter[*]}" "$deb" "$shared" \
    >"$shared/upgrade"
  chmod +x "$shared/tikgok" "$shared/upgrade"
  TMPDIR=$shared tests/packaging/upgrade.py "$shared/tikgok" "$shared/tikgok" "$simulator" "$shared/film.mp4" "$shared/upgrade"
  grep -E '^(Unpacking|Setting up) tikgok' "$shared/upgrade.log"
  # Going back is refused in words, unless it is asked for in so many.
  if inside apt-get install -y --no-install-recommends "/tmp/packages/$earlier" >"$packages/apt-back.log" 2>&1; then
    echo "in_fresh_root: apt went back to $earlier without being told to" >&2; exit 1
  fi
  grep '^E: .*downgrade' "$packages/apt-back.log"
  umount "$root$shared"; rmdir "$root$shared"
fi
run=$(find "$packages" -maxdepth 1 -name 'tikgok-*.run' -printf '%f\n' | sort | tail -1)
if [ -n "$run" ] && [[ "$steps" == *" run "* ]]; then
  step "$run in a root without any Qt"
  umount "$root/proc"; rm -rf --one-file-system "$root"; mkdir "$root"; tar -C "$root" -xf "$base"; mkdir "$root/home/stranger"; mount -t proc proc "$root/proc"
  cp "$packages/$run" "$root/tmp/"
  files >"$packages/before.txt"
  inside sh "/tmp/$run" --quiet >/dev/null 2>&1
  inside /home/stranger/.local/bin/tikgok --self-check 2>/dev/null | tee "$packages/self-check.json"
  grep -q '"ok":true' "$packages/self-check.json"
  inside /home/stranger/.local/bin/tikgok-sim --version
  # Its own fonts, without any of this system's, have the letters of both languages, and of Chinese the mainland's forms.
  own=$root/home/stranger/.local/opt/tikgok/share/fonts
  sed -E '/<include|<dir>|prefix="xdg"/d' "$own/fonts.conf" >"$own/alone.conf"
  FONTCONFIG_FILE=$own/alone.conf fc-match -s "Inter:lang=zh-cn" family >"$packages/fonts.txt"
  rm "$own/alone.conf"
  grep -m 2 -E '^(Inter|Noto Sans CJK)' "$packages/fonts.txt" | paste -sd, | tee "$packages/fonts-first.txt"
  grep -q '^Inter.*,Noto Sans CJK SC' "$packages/fonts-first.txt"
  inside /home/stranger/.local/opt/tikgok/uninstall.sh >/dev/null
  rm -rf "$root/home/stranger/.cache" "$root/home/stranger/.config"
  files | grep -vE '^\./home/stranger/\.local(/(bin|opt|share(/(applications|icons|tikgok)(/.*)?)?))?$' >"$packages/after.txt"
  if ! diff "$packages/before.txt" "$packages/after.txt"; then echo "in_fresh_root: the installer left something behind" >&2; exit 1; fi
fi
step "all is well"
