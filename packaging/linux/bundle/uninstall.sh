#!/bin/sh
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Removes what install.sh put in place. Settings and data of the user stay.
set -eu
here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd -P)
fail() { printf 'uninstall: %s\n' "$1" >&2; exit 1; }
[ -e "$here/bin/tikgok" ] || fail "$here is not a TikGok"
case "${HOME:-}" in /*) ;; *) fail "HOME does not say where your home is" ;; esac
if [ ! -w "$here" ] || [ ! -w "$(dirname "$here")" ]; then
  fail "you may not remove $here; nothing was removed. Run this as the one who installed it"
fi
data=${XDG_DATA_HOME:-}
case "$data" in /*) ;; *) data=$HOME/.local/share ;; esac
# Where it was put; it may have been moved since, and then what leads there leads nowhere.
placed=$(cat "$here/PLACE" 2>/dev/null || printf '%s' "$here")
# Another TikGok may have been put in place since: what leads to that one stays.
ours() {
  case "$(readlink -f "$1" 2>/dev/null || true)" in "$here"/*) return 0 ;; esac
  [ ! -e "$1" ] || return 1
  case "$(readlink "$1" || printf '%s' "$1")" in "$placed"/*) return 0 ;; *) return 1 ;; esac
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
  zsh/site-functions/_tikgok zsh/site-functions/_tikgok-sim \
  icons/hicolor/scalable/apps/org.tikgok.TikGok.svg icons/hicolor/symbolic/apps/org.tikgok.TikGok-symbolic.svg; do
  if ours "$data/$file"; then rm -f "$data/$file"; fi
done
# Directories that nobody needs now.
for directory in man/man1 bash-completion/completions fish/vendor_completions.d systemd/user zsh/site-functions icons/hicolor/scalable/apps \
  icons/hicolor/symbolic/apps applications; do
  (cd "$data" 2>/dev/null && rmdir -p "$directory" 2>/dev/null) || true
done
# What an installer that was ended in the middle has left: it was to be here, and says so. Another TikGok of such a name
# says its own. Only those of early versions say nothing.
for beside in "$here.new" "$here.old"; do
  if [ -e "$beside/PLACE" ]; then
    if [ "$(cat "$beside/PLACE")" = "$placed" ]; then rm -rf "$beside"; fi
  elif [ -e "$beside/bin/tikgok" ]; then
    rm -rf "$beside"
  fi
done
rm -rf "$here"
echo "TikGok is removed. Your settings and data are still there."
