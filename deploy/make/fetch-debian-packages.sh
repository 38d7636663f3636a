#!/bin/sh
# Unpacks Debian packages, with their libraries and all else in them, into a folder; nothing is installed, started or
# left behind elsewhere. Fails silently when that cannot be done here: the caller knows what is missing without them.
# Arguments: folder, packages.
set -eu
folder=$1
shift
command -v apt-get >/dev/null 2>&1 && command -v dpkg-deb >/dev/null 2>&1 || exit 1

fetch() {
  download=$(mktemp -d)
  # apt gives up its privileges and wants to write here all the same.
  chmod 755 "$download"
  (cd "$download" && apt-get -qq download "$@" \
    && for file in *.deb; do dpkg-deb -x "$file" "$folder" || exit 1; done) >/dev/null 2>&1
  status=$?
  rm -rf "$download"
  return "$status"
}

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
echo "Fetching Debian's packages $* ..." >&2
# Without package lists, as in a fresh container, a download needs an update, and that needs root.
fetch "$@" || { [ "$(id -u)" = 0 ] && apt-get -qq update >/dev/null 2>&1 && fetch "$@"; }
