#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Checks the layout of all C++ files. `--fix` mends them.
set -euo pipefail
cd "$(dirname "$0")/../.."
mode=(--dry-run -Werror)
[ "${1:-}" = --fix ] && mode=(-i)
find app backend-sim core qml tests \( -name '*.cpp' -o -name '*.h' \) -print0 |
  xargs -0 -r -n 40 -P 2 clang-format-19 "${mode[@]}"
