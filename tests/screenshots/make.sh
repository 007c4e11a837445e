#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Makes the screenshots of every page, in both themes, both languages, on a phone and on a desktop.
# Usage: tests/screenshots/make.sh OUTDIR [PATTERN]     PATTERN: a regular expression that file names must match
set -euo pipefail
[ $# -ge 1 ] || { sed -n '5,6s/^# //p' "$0" >&2; exit 2; }
top=$(cd "$(dirname "$0")/../.." && pwd)
out=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$top"
[ -f build/dev/build.ninja ] || cmake --preset dev
cmake --build --preset dev --target tikgok-screenshots
QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software build/dev/bin/tikgok-screenshots "$out" "${2:-}"
