/**
 * What the fuzz targets share. A target is a class named {@code …Fuzz} beside the code it tests,
 * with a method {@code fuzzerTestOneInput(byte[])} that throws when something is wrong. {@code make
 * fuzz} runs the targets with a coverage-guided fuzzer, which is on no other class path; the tests
 * run each on its stored inputs ({@code src/test/resources/fuzz/<target>}).
 */
package quayside.fuzz;
