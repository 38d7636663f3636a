#!/bin/sh
# Prints the path of a python3 that has confluent_kafka and cryptography: the installed one, or else one that finds them
# in Debian's packages, unpacked into a folder. Says what to install when there is none.
set -eu
folder=$1

complete() {
  "$1" -c 'import confluent_kafka, cryptography.hazmat.primitives.asymmetric.ed25519' >/dev/null 2>&1
}

for python in python3 /usr/bin/python3; do
  if complete "$python"; then
    command -v "$python"
    exit 0
  fi
done

wrapper=$folder/python3
if ! complete "$wrapper"; then
  "$(dirname "$0")/fetch-debian-packages.sh" "$folder/root" \
    python3-confluent-kafka librdkafka1 python3-cryptography python3-cffi-backend || true
  mkdir -p "$folder"
  root=$(cd "$folder" && pwd)/root
  libraries=$(dirname "$(find "$root" -name 'librdkafka.so.1' 2>/dev/null | head -n 1)")
  # Packages of Debian fit Debian's own Python, which need not be the first on the path.
  for python in /usr/bin/python3 python3; do
    printf '#!/bin/sh\nPYTHONPATH=%s/usr/lib/python3/dist-packages LD_LIBRARY_PATH=%s exec %s "$@"\n' \
      "$root" "$libraries" "$python" >"$wrapper"
    chmod +x "$wrapper"
    ! complete "$wrapper" || break
  done
fi
if complete "$wrapper"; then
  echo "$wrapper"
  exit 0
fi
echo "Python's confluent_kafka and cryptography are missing: install them (Debian, Ubuntu: apt-get install" \
  "python3-confluent-kafka python3-cryptography; elsewhere: pip install confluent-kafka cryptography)." >&2
exit 1
