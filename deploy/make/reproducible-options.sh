#!/bin/sh
# Prints options for Maven's virtual machine with which two builds of the same sources are equal, byte by byte. Compiles
# the agent they name into FOLDER, which has to outlive the build.
# usage: MAVEN_OPTS="${MAVEN_OPTS:-} $(reproducible-options.sh FOLDER)"
set -eu
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/../.."
bin=$(deploy/make/find-jdk.sh)/bin

mkdir "$folder/classes"
"$bin/javac" -Xlint:all -Werror -d "$folder/classes" $(find deploy/build-order/src/main/java -name '*.java')
printf '%s\n' 'Premain-Class: quayside.build.order.BuildOrderAgent' 'Boot-Class-Path: build-order.jar' >"$folder/manifest"
"$bin/jar" --create --file "$folder/build-order.jar" --manifest "$folder/manifest" -C "$folder/classes" .

# Build steps one after another, and the beans' classes within theirs; sets of classes in the order of insertion, not of
# addresses; of the library that generates proxies: random names from one seed, and methods sorted, which it does under
# an agent of this name.
echo "-javaagent:$folder/build-order.jar -Dquarkus.arc.parallel-resource-generation=false" \
  "-XX:+UnlockExperimentalVMOptions -XX:hashCode=2" \
  "-Dnet.bytebuddy.naming=0 -Dorg.graalvm.nativeimage.imagecode=agent"
