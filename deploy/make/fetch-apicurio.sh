#!/bin/sh
# Prints the folder of an Apicurio Registry, a schema registry, that is unpacked where it is not there yet: 159 MB from
# Maven Central.
# Arguments: folder to unpack into, Maven and its options.
set -eu
version=3.3.3
folder=$1
shift

if [ ! -f "$folder/$version/quarkus-run.jar" ]; then
  echo "Fetching Apicurio Registry $version ..." >&2
  rm -rf "$folder/unpacking"
  mkdir -p "$folder/unpacking"
  "$@" -q dependency:copy -Dartifact="io.apicurio:apicurio-registry-app:$version:tar.gz:all" \
    -DoutputDirectory="$folder" >&2
  tar -xzf "$folder/apicurio-registry-app-$version-all.tar.gz" -C "$folder/unpacking"
  rm "$folder/apicurio-registry-app-$version-all.tar.gz"
  # Whole or not at all.
  mv "$folder/unpacking" "$folder/$version"
fi
echo "$folder/$version"
