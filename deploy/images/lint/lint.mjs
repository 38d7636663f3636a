// Checks every Containerfile of deploy/images: node lint.mjs
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { problems } from "./rules.mjs";

const images = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(dirname(images));
const files = readdirSync(images).filter((name) => name.endsWith(".Containerfile"));
const found = files.flatMap((name) =>
  problems(readFileSync(join(images, name), "utf8"), root).map((problem) => `deploy/images/${name}: ${problem}`),
);
if (files.length === 0) found.push("no Containerfile found");
found.forEach((line) => console.error(line));
process.exitCode = found.length === 0 ? 0 : 1;
