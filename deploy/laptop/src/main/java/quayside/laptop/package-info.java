/**
 * What a developer's machine needs beside Quayside: a real Kafka broker, a real PostgreSQL server
 * and a stand-in for OSS, each a process of its own on loopback. Nothing here is part of a
 * production artifact.
 */
@NullMarked
package quayside.laptop;

import org.jspecify.annotations.NullMarked;
