#!/bin/sh
# Adds a version of the contract to schemas/released: schemas and AsyncAPI document as they are, and their checksums.
# Refuses a version that exists. Argument: the version. That nothing is broken has been seen before.
set -eu
version=$1
case $version in
  [0-9]*.[0-9]*.[0-9]*) ;;
  *)
    echo "Say which version: make release-schemas VERSION=0.2.0" >&2
    exit 2
    ;;
esac
cd "$(dirname "$0")/../../schemas"
if [ -e "released/$version" ]; then
  echo "schemas/released/$version exists: what was released stays as it is. Choose another version." >&2
  exit 1
fi

sum() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum "$@"; else shasum -a 256 "$@"; fi
}

sed "s/^  version: .*/  version: $version/" asyncapi.yaml >asyncapi.yaml.new
mv asyncapi.yaml.new asyncapi.yaml
mkdir -p "released/$version"
cp asyncapi.yaml ./*.schema.json "released/$version/"
(cd released && sum "$version"/* >>SHA256SUMS)
echo "schemas/released/$version: $(ls "released/$version" | wc -l | tr -d ' ') files. Commit them with schemas/released/SHA256SUMS."
