#!/bin/sh
# Prints the path of a kcat: the installed one, or else one from Debian's packages, unpacked into a folder. Says what to
# install when there is none.
exec "$(dirname "$0")/fetch-debian-program.sh" kcat -V "$1" kcat librdkafka1 libyajl2
