#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Checks that every file says whose it is and under which licence. Works on the files that git knows, so that a
# build folder inside the tree does not count.
set -euo pipefail
cd "$(dirname "$0")/../.."
out=$(reuse lint 2>&1) || { printf '%s\n' "$out"; exit 1; }
printf '%s\n' "$out" | tail -n 3
