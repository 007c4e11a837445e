#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The pages against their pictures in tests/screenshots/references. After a change that is meant, make them anew and look
# at what `git diff` or the differences show.
# Usage: tests/screenshots/check.sh [--update | --draw] [PATTERN]    PATTERN: a regular expression that names must match
# --draw only draws them: another release of Qt draws letters a little otherwise.
# TIKGOK_SCREENSHOTS names the program when it is built already.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd); top=$(cd "$here/../.." && pwd)
pictures=${TIKGOK_DIFFERENCES:-$top/build/dev/screenshot-differences}
words=(--check "$here/references" "$pictures")
case "${1:-}" in
  --update) words=(--update "$here/references"); shift ;;
  --draw) words=(--update "$pictures"); mkdir -p "$pictures"; shift ;;
esac
program=${TIKGOK_SCREENSHOTS:-}
if [ -z "$program" ]; then
  "$top/packaging/build.sh" dev tikgok-screenshots
  program=$top/build/dev/bin/tikgok-screenshots
fi
export QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software LC_ALL=C.UTF-8 TZ=UTC FONTCONFIG_FILE=$here/fonts.conf
exec "$program" "${words[@]}" "${1:-}"
