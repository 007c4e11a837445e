#!/bin/sh
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Removes what install.sh put in place. Settings and data of the user stay.
set -eu
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd -P)
[ -e "$here/bin/tikgok" ] || { echo "uninstall: $here is not a TikGok" >&2; exit 1; }
case "${HOME:-}" in /*) ;; *) echo "uninstall: HOME does not say where your home is" >&2; exit 1 ;; esac
data=${XDG_DATA_HOME:-}
case "$data" in /*) ;; *) data=$HOME/.local/share ;; esac
# Another TikGok may have been put in place since: what leads to that one stays.
ours() {
  case "$(readlink -f "$1" 2>/dev/null || true)" in "$here"/*) return 0 ;; *) return 1 ;; esac
}
for program in tikgok tikgok-sim; do
  if ours "$HOME/.local/bin/$program"; then rm -f "$HOME/.local/bin/$program"; fi
done
entry=$data/applications/org.tikgok.TikGok.desktop
# The path in the entry may lead here through links.
tried=$(sed -n 's/^TryExec=//p' "$entry" 2>/dev/null | sed 's/\\\\/\\/g')
if [ -n "$tried" ] && ours "$tried"; then
  rm -f "$entry"
  update-desktop-database -q "$data/applications" 2>/dev/null || true
  if [ "$(cat "$data/applications/mimeinfo.cache" 2>/dev/null)" = '[MIME Cache]' ]; then rm -f "$data/applications/mimeinfo.cache"; fi
fi
for file in man/man1/tikgok.1.gz man/man1/tikgok-sim.1.gz bash-completion/completions/tikgok bash-completion/completions/tikgok-sim \
  fish/vendor_completions.d/tikgok.fish fish/vendor_completions.d/tikgok-sim.fish systemd/user/tikgok-sim.service \
  icons/hicolor/scalable/apps/org.tikgok.TikGok.svg icons/hicolor/symbolic/apps/org.tikgok.TikGok-symbolic.svg; do
  if ours "$data/$file"; then rm -f "$data/$file"; fi
done
# Directories that nobody needs now.
for directory in man/man1 bash-completion/completions fish/vendor_completions.d systemd/user icons/hicolor/scalable/apps \
  icons/hicolor/symbolic/apps applications; do
  (cd "$data" 2>/dev/null && rmdir -p "$directory" 2>/dev/null) || true
done
rm -rf "$here"
echo "TikGok is removed. Your settings and data are still there."
