#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Lines covered, per folder, from the counters of a coverage build. Usage: coverage.sh BUILD_DIR
set -euo pipefail
build=$(cd "${1:?build directory}" && pwd)
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
report=$build/report
mkdir -p "$report"
lcov --quiet --capture --directory "$build" --base-directory "$top" --no-external --output-file "$report/all.info" \
  --rc lcov_branch_coverage=0 2>/dev/null
lcov --quiet --extract "$report/all.info" "$top/core/*" "$top/backend-sim/*" "$top/app/*" "$top/qml/*" \
  --output-file "$report/ours.info" 2>/dev/null
awk -v top="$top/" '
  /^SF:/ { path = substr($0, 4); sub(top, "", path); n = split(path, part, "/"); folder = part[1] "/" (n > 2 ? part[2] : "") }
  /^LF:/ { all[folder] += substr($0, 4) }
  /^LH:/ { hit[folder] += substr($0, 4) }
  END { for (f in all) printf "%6.1f %%  %6d of %6d lines  %s\n", 100 * hit[f] / all[f], hit[f], all[f], f }
' "$report/ours.info" | sort -k5 | tee "$report/folders.txt"
