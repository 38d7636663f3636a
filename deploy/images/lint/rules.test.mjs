// Each rule finds what it is for: node --test
import assert from "node:assert/strict";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { problems } from "./rules.mjs";

const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const good = `ARG BASE=example.com/base:1
FROM \${BASE}
LABEL org.opencontainers.image.title="a" org.opencontainers.image.description="b" org.opencontainers.image.licenses="c"
COPY LICENSE /
USER 10001:10001
HEALTHCHECK --interval=1s CMD ["/a", "health"]
ENTRYPOINT ["/a"]
`;

function found(from, to) {
  assert.ok(good.includes(from), from);
  return problems(good.replace(from, to), root).join("\n");
}

test("good file has no problems", () => {
  assert.deepEqual(problems(good, root), []);
});

test("base without a tag, or the latest", () => {
  assert.match(found("example.com/base:1", "example.com/base"), /no tag/);
  assert.match(found("example.com/base:1", "example.com/base:latest"), /latest/);
  assert.equal(found("base:1", `base:1@sha256:${"0".repeat(64)}`), "");
});

test("root", () => {
  assert.match(found("USER 10001:10001\n", ""), /USER/);
  assert.match(found("USER 10001:10001", "USER 0"), /USER/);
  assert.match(found("USER 10001:10001", "USER quayside"), /USER/);
});

test("shell form", () => {
  assert.match(found('ENTRYPOINT ["/a"]', "ENTRYPOINT /a"), /exec form/);
  assert.match(found('ENTRYPOINT ["/a"]', ""), /ENTRYPOINT/);
  assert.match(found('CMD ["/a", "health"]', "CMD /a health"), /HEALTHCHECK/);
});

test("no health check", () => {
  assert.match(found('HEALTHCHECK --interval=1s CMD ["/a", "health"]\n', ""), /HEALTHCHECK/);
});

test("missing label", () => {
  assert.match(found("image.licenses", "image.license"), /licenses/);
});

test("secrets", () => {
  assert.match(found("USER", "ENV DB_PASSWORD=x\nUSER"), /secret/);
  assert.match(found("USER", "ARG GRANT_TOKEN\nUSER"), /secret/);
});

test("sources", () => {
  assert.match(found("COPY LICENSE /", "COPY NO-SUCH-FILE /"), /no such file/);
  assert.match(found("COPY LICENSE /", "COPY pom.xml /"), /dockerignore/);
  assert.match(found("COPY LICENSE /", "ADD LICENSE /"), /ADD/);
  assert.equal(found("COPY LICENSE /", "COPY target/quarkus-app/ /"), "");
});

test("packages", () => {
  assert.match(found("USER", "RUN apt-get update && apt-get install --yes a\nUSER"), /recommends/);
  assert.match(found("USER", "RUN apt-get install --no-install-recommends a\nUSER"), /lists/);
});
