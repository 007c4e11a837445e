#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What must work on a machine without a display. Usage: no_display.sh TIKGOK
set -euo pipefail
unset DISPLAY WAYLAND_DISPLAY QT_QPA_PLATFORM
tikgok=$1
"$tikgok" --version | grep -q '^tikgok [0-9]'
"$tikgok" --help | grep -q -- '--self-check'
code=0; "$tikgok" --server nonsense 2>/dev/null || code=$?
[ "$code" = 2 ]
top=$(cd "$(dirname "$0")/../.." && pwd)
code=0; words=$("$top/run" 2>&1) || code=$?
[ "$code" = 1 ]
grep -q -- '--offscreen' <<<"$words"
grep -q -- '--self-check' <<<"$words"
echo "works without a display: --version, --help, refusals, and ./run says what to do"
