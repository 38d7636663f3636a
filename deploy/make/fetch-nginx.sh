#!/bin/sh
# Prints the path of an nginx: the installed one, or else one from Debian's package, unpacked into a folder. Says what
# to install when there is none.
exec "$(dirname "$0")/fetch-debian-tool.sh" nginx nginx usr/sbin/nginx -v "$1"
