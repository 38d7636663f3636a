package quayside.laptop.demo;

import java.net.URI;

/**
 * Where the running stack listens.
 *
 * @param oss the OSS endpoint
 * @param callback where OSS shall send its callbacks
 * @param api Quayside
 * @param kafka bootstrap servers
 */
record Endpoints(URI oss, URI callback, URI api, String kafka) {
  static final String BUCKET = "uploads";
  static final String REGION = "cn-hangzhou";
  static final String ACCESS_KEY_ID = "local";
  static final String ACCESS_KEY_SECRET = "local-secret";
}
