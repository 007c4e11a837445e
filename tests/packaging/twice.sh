#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the packages of this commit a second time, in a clean checkout elsewhere, and compares the bytes with those of
# ./package. The compiler's cache may help (it knows only what was compiled of the same text); CCACHE_RECACHE=1 in the
# environment compiles everything anew. See docs/decisions.md.
# Usage: tests/packaging/twice.sh [DIR-OF-PACKAGES]   (build/packages)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
packages=$(realpath "${1:-build/packages}")
[ -z "$(git status --porcelain --untracked-files=no)" ] || { echo "twice: commit first; only commits are compared" >&2; exit 2; }
tree=$(mktemp -d); trap 'rm -rf "$tree"' EXIT
git clone -q --shared . "$tree/checkout"
(cd "$tree/checkout" && ./package "$tree/packages" >"$tree/log" 2>&1) || { tail -20 "$tree/log" >&2; exit 1; }
same=yes
for file in "$tree"/packages/tikgok*; do
  name=$(basename "$file")
  if cmp "$file" "$packages/$name"; then sha256sum "$file" | sed "s|$tree/packages/||"; else same=no; fi
done
[ $same = yes ] && echo "twice: the same bytes"
[ $same = yes ]
