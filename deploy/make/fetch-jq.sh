#!/bin/sh
# Prints the path of a jq: the installed one, or else one from Debian's packages, unpacked into a folder. Says what to
# install when there is none.
exec "$(dirname "$0")/fetch-debian-program.sh" jq --version "$1" jq libjq1 libonig5
