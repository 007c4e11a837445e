#!/bin/sh
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Runs out of the self-extracting installer. For one user, without root:
#   sh tikgok-VERSION-ARCH.run [-- --to DIR]      default DIR: ~/.local/opt/tikgok
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
to=$HOME/.local/opt/tikgok
while [ $# -gt 0 ]; do
  case "$1" in
    --to) to=${2:?--to needs a directory}; shift 2 ;;
    *) echo "install: unknown word '$1' (--to DIR)" >&2; exit 2 ;;
  esac
done
case "$to" in /*) ;; *) to=$PWD/$to ;; esac
if [ -e "$to" ] && [ ! -e "$to/bin/tikgok" ]; then
  echo "install: $to exists and is not a TikGok; choose another place with: -- --to DIR" >&2; exit 1
fi
mkdir -p "$(dirname "$to")" "$HOME/.local/bin" "$data/applications" "$data/icons/hicolor/scalable/apps"
# The new one is whole before the old one goes.
rm -rf "$to.new"; cp -a "$here" "$to.new"
rm -rf "$to.old"; if [ -e "$to" ]; then mv "$to" "$to.old"; fi
mv "$to.new" "$to"; rm -rf "$to.old"
for program in tikgok tikgok-sim; do ln -sf "$to/$program" "$HOME/.local/bin/$program"; done
sed -e "s|^Exec=tikgok|Exec=\"$to/tikgok\"|" -e "s|^TryExec=.*|TryExec=$to/tikgok|" \
  "$to/share/applications/org.tikgok.TikGok.desktop" >"$data/applications/org.tikgok.TikGok.desktop"
cp "$to/share/icons/hicolor/scalable/apps/org.tikgok.TikGok.svg" "$data/icons/hicolor/scalable/apps/"
echo "TikGok is in $to. Start it from the menu, or with $HOME/.local/bin/tikgok."
echo "To remove it: $to/uninstall.sh (your settings and data stay)."
