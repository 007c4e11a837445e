#!/usr/bin/env bash
# SPDX-FileCopyrightText: 2026 The TikGok authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Builds the source and runs its tests in a Debian 13 of its own (debootstrap), as the README tells a person to: a checkout in
# the home of a user without rights, then ./test. What is not committed goes along; new files once they are added.
# The packages are installed first; the rest has no network but itself, and processes and display sockets of its own.
# The root with its build stays in build/roots/trixie and the compiler's cache beside it, so that a second run is quick;
# --fresh begins with a new root. Needs root and, for a new root, a Debian mirror.
# Usage: tests/packaging/in_debian_13.sh [--fresh] [COMMAND ...]   (./test)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
fresh=no
if [ "${1:-}" = --fresh ]; then fresh=yes; shift; fi
command=("$@"); [ $# -gt 0 ] || command=(./test)
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
[ "$(id -u)" -eq 0 ] || { echo "in_debian_13: needs root" >&2; exit 2; }
packaging/bootstrap.sh package
roots=$PWD/build/roots
root=$roots/trixie
home=/home/stranger
checkout=$home/tikgok
mkdir -p "$roots/trixie-ccache"
exec 8>"$roots/trixie.lock"
flock -n 8 || { echo "in_debian_13: another run has $root" >&2; exit 2; }
step() { printf '== %s (%ss)\n' "$1" "$SECONDS"; }

base=$roots/trixie.tar
if [ ! -f "$base" ]; then
  step "debootstrap"
  made=$(mktemp -d "$roots/base.XXXXXX")
  chmod 755 "$made"  # it becomes /, which everybody must be able to enter
  debootstrap --variant=minbase trixie "$made" "$mirror" >"$roots/debootstrap-trixie.log"
  tar -C "$made" -cf "$base.part" . && mv "$base.part" "$base"
  rm -rf --one-file-system "$made"
fi
if [ $fresh = yes ] || [ ! -e "$root$checkout" ]; then
  step "a new root"
  rm -rf --one-file-system "$root"; mkdir "$root"
  tar -C "$root" -xf "$base"
  chroot "$root" useradd --create-home --shell /bin/bash stranger
  install -d -m 1777 "$root/tmp/.X11-unix"
  echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/quick"
  git init -q "$root$checkout"
fi

# inside [NAMESPACE-OPTION ...] -- COMMAND...: nothing stays mounted and nothing goes on when the command has ended.
inside() {
  local own=()
  while [ "$1" != -- ]; do own+=("$1"); shift; done
  shift
  # shellcheck disable=SC2016  # for the shell inside
  unshare --mount --pid --fork --kill-child ${own[@]+"${own[@]}"} bash -euc '
    root=$1; ccache=$2; home=$3; shift 3
    mount -t proc proc "$root/proc"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    mount --bind "$ccache" "$root$home/.cache/ccache"
    ip link set lo up
    # Not exec: this shell is what dies with its parent and takes all others along; a change of user would lose that.
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME="$home" LC_ALL=C.UTF-8 "$@" || exit $?
  ' inside "$root" "$roots/trixie-ccache" "$home" "$@"
}

step "checkout"
commit=$(git stash create); commit=${commit:-$(git rev-parse HEAD)}
chroot "$root" install -d -o stranger -g stranger "$home/.cache" "$home/.cache/ccache"
chown -R 0:0 "$root$checkout/.git"
git push -q --force "$root$checkout/.git" "$commit:refs/heads/candidate"
cp packaging/bootstrap.sh "$root/usr/local/sbin/tikgok-bootstrap"
step "packages"
inside -- bash /usr/local/sbin/tikgok-bootstrap test >"$roots/trixie-packages.log" 2>&1 || { tail -20 "$roots/trixie-packages.log" >&2; exit 1; }
inside -- bash -c "apt-get clean; chown -R stranger: $checkout/.git $home/.cache/ccache; chown stranger: $checkout"
user=(setpriv --reuid=stranger --regid=stranger --init-groups env --chdir="$checkout" USER=stranger LOGNAME=stranger)
inside -- "${user[@]}" git checkout -q -f --detach candidate
step "${command[*]}"
result=0
inside --net --ipc -- "${user[@]}" "${command[@]}" || result=$?
step "ended with $result"
exit $result
