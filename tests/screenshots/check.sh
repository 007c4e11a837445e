#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The pages against their pictures in tests/screenshots/references. After a change that is meant, make them anew and look
# at what `git diff` or the differences show.
# Usage: tests/screenshots/check.sh [--update] [PATTERN]    PATTERN: a regular expression that names must match
# TIKGOK_SCREENSHOTS names the program when it is built already.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); top=$(cd "$here/../.." && pwd)
words=(--check "$here/references" "${TIKGOK_DIFFERENCES:-$top/build/dev/screenshot-differences}")
[ "${1:-}" = --update ] && { words=(--update "$here/references"); shift; }
program=${TIKGOK_SCREENSHOTS:-}
if [ -z "$program" ]; then
  "$top/packaging/build.sh" dev tikgok-screenshots
  program=$top/build/dev/bin/tikgok-screenshots
fi
export QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software LC_ALL=C.UTF-8 TZ=UTC FONTCONFIG_FILE=$here/fonts.conf
exec "$program" "${words[@]}" "${1:-}"
