#!/bin/sh
# Puts the libvips shared library for this machine into a folder, from npm. Without npm Quayside uses the system's
# libvips, or its engine in pure Java.
set -eu
version=1.3.4
folder=$1

case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) platform=linux-x64 ;;
  Linux-aarch64) platform=linux-arm64 ;;
  Darwin-x86_64) platform=darwin-x64 ;;
  Darwin-arm64) platform=darwin-arm64 ;;
  *) exit 0 ;;
esac

package="@img/sharp-libvips-$platform"
[ -d "$folder/node_modules/$package/lib" ] && exit 0
if ! command -v npm >/dev/null 2>&1; then
  echo "npm is not installed: thumbnails will be made by the system's libvips or in pure Java." >&2
  exit 0
fi
echo "Fetching libvips ($package $version) ..."
mkdir -p "$folder"
npm install --prefix "$folder" --no-save --no-audit --no-fund --ignore-scripts --loglevel=error \
  "$package@$version" >/dev/null || {
  echo "npm could not fetch libvips: thumbnails will be made by the system's libvips or in pure Java." >&2
}
