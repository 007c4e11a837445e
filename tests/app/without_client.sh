#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The program without its shared object says so and ends, with and without a window. Usage: without_client.sh PROGRAM
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/run"; chmod 700 "$work/run"
cp "$1" "$work/bin/"
export QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software XDG_RUNTIME_DIR=$work/run LC_ALL=C.UTF-8
for words in "--data $work/data" "--self-check"; do
  code=0
  # shellcheck disable=SC2086
  "$work/bin/$(basename "$1")" $words 2>"$work/said" || code=$?
  [ "$code" = 1 ] || { echo "$words: exit code $code"; cat "$work/said"; exit 1; }
  grep -q 'libtikgok-client' "$work/said" || { echo "$words: does not say what is missing"; cat "$work/said"; exit 1; }
done
