#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Configures (once, and when the presets have changed) and builds a preset. Usage: packaging/build.sh PRESET [target ...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
preset=${1:?preset}; shift
log=build/$preset/configure.log
mkdir -p "build/$preset"
if [ ! -f "build/$preset/build.ninja" ] || [ CMakePresets.json -nt "$log" ]; then
  cmake --preset "$preset" >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
fi
targets=()
[ $# -gt 0 ] && targets=(--target "$@")
exec cmake --build --preset "$preset" ${targets[@]+"${targets[@]}"} -- --quiet
