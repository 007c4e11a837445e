#!/bin/sh
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Removes what install.sh put in place. Settings and data of the user stay.
set -eu
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
[ -e "$here/bin/tikgok" ] || { echo "uninstall: $here is not a TikGok" >&2; exit 1; }
for program in tikgok tikgok-sim; do
  link=$HOME/.local/bin/$program
  if [ "$(readlink -f "$link" 2>/dev/null || true)" = "$here/$program" ]; then rm -f "$link"; fi
done
rm -f "$data/applications/org.tikgok.TikGok.desktop" "$data/icons/hicolor/scalable/apps/org.tikgok.TikGok.svg"
rm -rf "$here"
echo "TikGok is removed. Your settings and data are still there."
