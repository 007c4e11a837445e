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
(cd "$packages" && du -b --apparent-size -- *.deb *.rpm *.run)
[ "$bad" = 0 ] && echo "packages: nothing to say"
exit $bad
