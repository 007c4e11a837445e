#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the Debian package of the client as it was at an earlier commit, for the test of upgrades (in_fresh_root.sh).
# Its version is that of the project with the commit behind a ~, which is older than the version alone.
# Usage: tests/packaging/earlier.sh [COMMIT [DIR]]   (the last one with the client in one piece; build/packages/earlier)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# Its package has no shared object, so that the upgrade brings one.
before_the_split=$(git log --diff-filter=A --format=%H -- app/late_program.cpp | tail -1)^
commit=$(git rev-parse --short=7 "${1:-$before_the_split}")
out=$(realpath -m "${2:-build/packages/earlier}")
packaging/bootstrap.sh package
tree=build/earlier/$commit
if [ ! -d "$tree" ]; then
  mkdir -p "$tree.part"
  git archive "$commit" | tar -x -C "$tree.part"
  mv "$tree.part" "$tree"
fi
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct "$commit"); export SOURCE_DATE_EPOCH
(cd "$tree" && packaging/build.sh package tikgok package_icons package_documents_tikgok)
version=$(sed -nE 's/^CMAKE_PROJECT_VERSION:STATIC=(.*)$/\1/p' "$tree/build/package/CMakeCache.txt")
mkdir -p "$out"
rm -f "$out"/tikgok_*.deb
(cd "$tree/build/package" && cpack -G DEB -B "$out/.work" -D "CPACK_PACKAGE_VERSION=$version~$commit" -D CPACK_COMPONENTS_ALL=tikgok) >"$out/cpack.log" 2>&1 ||
  { cat "$out/cpack.log" >&2; exit 1; }
mv "$out"/.work/*.deb "$out/"
rm -rf "$out/.work"
ls -l "$out"/*.deb
