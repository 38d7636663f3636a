#!/bin/sh
# Prints the path of a promtool: the installed one, or else one from Debian's package, unpacked into a folder. Says what
# to install when there is none.
exec "$(dirname "$0")/fetch-debian-tool.sh" promtool prometheus usr/bin/promtool --version "$1"
