#!/bin/sh
# Prints the path of a vipsthumbnail that uses the libvips of fetch-libvips.sh, so that Quayside and the command are
# compared with one and the same library. The program comes from Debian's package libvips-tools, 80 KB; the fifty
# packages of Debian's own, older libvips are left alone.
# Arguments: folder to unpack into, folder of libvips.
set -eu
folder=$1 libvips=$2

fail() {
  echo "vipsthumbnail: $1; thumbnails are measured without it." >&2
  exit 1
}

library=$(find "$libvips" -name 'libvips-cpp.so.*' 2>/dev/null | head -n 1)
[ -n "$library" ] || fail "there is no libvips in $libvips"
library=$(cd "$(dirname "$library")" && pwd)/$(basename "$library")
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)

if [ ! -x "$folder/program" ]; then
  command -v dpkg-deb >/dev/null 2>&1 || fail "it is taken from a Debian package, and dpkg-deb is not installed"
  download=$(mktemp -d)
  # apt gives up its privileges and wants to write here all the same.
  chmod 755 "$download"
  (cd "$download" && { apt-get -qq download libvips-tools || { apt-get -qq update && apt-get -qq download libvips-tools; } } \
    && dpkg-deb --fsys-tarfile libvips-tools_*.deb | tar -xO ./usr/bin/vipsthumbnail >program) >/dev/null 2>&1 || true
  # libvips 8.15 made vips_strncpy private; glib's function takes the same arguments.
  sed 's/vips_strncpy/g_strlcpy\x00\x00\x00/' "$download/program" >"$folder/program" 2>/dev/null || true
  rm -rf "$download"
  chmod +x "$folder/program"
fi

# The npm build carries glib in the same file.
for name in libvips.so.42 libglib-2.0.so.0 libgobject-2.0.so.0; do
  ln -sf "$library" "$folder/$name"
done
printf '#!/bin/sh\nexport LD_LIBRARY_PATH=%s\nexec %s/program "$@"\n' "$folder" "$folder" >"$folder/vipsthumbnail"
chmod +x "$folder/vipsthumbnail"
"$folder/vipsthumbnail" --version >/dev/null 2>&1 || { rm -f "$folder/program"; fail "it does not run here"; }
echo "$folder/vipsthumbnail"
