#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Lets the judges of packages read what ./package has made: lintian (errors and warnings), rpmlint (what rpmlint.toml does
# not explain), and the validators of the desktop's files as they are inside. Then sizes.
# Usage: tests/packaging/lint.sh [DIR-OF-PACKAGES]   (build/packages)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
packages=$(realpath "${1:-build/packages}")
"$here/../../packaging/bootstrap.sh" package test
bad=0
lintian --allow-root --fail-on error,warning "$packages"/*.deb || bad=1
said=$(rpmlint -c "$here/rpmlint.toml" "$packages"/*.rpm 2>&1) || bad=1
grep -E ': [EW]: | packages and ' <<<"$said" || true
if grep -qE ': [EW]: ' <<<"$said"; then bad=1; fi
inside=$(mktemp -d); trap 'rm -rf "$inside"' EXIT
dpkg-deb -x "$(find "$packages" -maxdepth 1 -name 'tikgok_*.deb' | sort | tail -1)" "$inside"
desktop-file-validate "$inside/usr/share/applications/org.tikgok.TikGok.desktop" || bad=1
appstreamcli validate --no-net --no-color "$inside/usr/share/metainfo/org.tikgok.TikGok.metainfo.xml" || bad=1
# What the entry says that it starts is there.
program=$(sed -n 's/^TryExec=//p' "$inside/usr/share/applications/org.tikgok.TikGok.desktop")
[ -x "$inside/usr/bin/$program" ] || { echo "lint: the desktop entry tries '$program', which is not there"; bad=1; }
# RPMs: what lies elsewhere there, what they suggest, and that no directory of the system is theirs.
for rpm in "$packages"/*.rpm; do
  files=$(rpm -qpl "$rpm")
  for wrong in /zsh/vendor-completions /share/lintian '/share/(zsh|fish|bash-completion)$'; do
    if grep -qE "$wrong" <<<"$files"; then echo "lint: $(basename "$rpm") has $wrong"; bad=1; fi
  done
done
rpm -qp --suggests "$packages"/tikgok-[0-9]*.rpm | grep -qx /usr/bin/ffmpeg || { echo "lint: the RPM suggests no ffmpeg"; bad=1; }
for one in tikgok:tikgok-sim tikgok-sim:tikgok; do
  deb=$(find "$packages" -maxdepth 1 -name "${one%:*}_*.deb" | sort | tail -1)
  [ "$(dpkg-deb -f "$deb" Suggests)" = "${one#*:}" ] || { echo "lint: ${one%:*} does not suggest ${one#*:}"; bad=1; }
done
# The archive keeps the command that made it; it names nothing of this machine.
if sh "$packages"/tikgok-*.run --info | grep -E '"/|^ +/'; then echo "lint: paths of this machine in the archive"; bad=1; fi
(cd "$packages" && du -b --apparent-size -- *.deb *.rpm *.run)
[ "$bad" = 0 ] && echo "packages: nothing to say"
exit $bad
