// The rules for Containerfiles. Each takes a parsed file and yields what is wrong with it, in words.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DockerfileParser } from "dockerfile-ast";

const REQUIRED_LABELS = ["title", "description", "licenses"];
const SECRET = /secret|password|passwd|token|credential|private|api_?key/i;

// Build output: there once the Makefile has made it.
const BUILT = /^(deploy\/laptop\/)?target\//;

/** Everything that is wrong with a Containerfile, as lines. */
export function problems(text, root) {
  const file = DockerfileParser.parse(text);
  const all = file.getInstructions();
  const stages = [];
  for (const instruction of all) {
    if (instruction.getKeyword() === "FROM") stages.push([]);
    stages.at(-1)?.push(instruction);
  }
  const last = stages.at(-1) ?? [];
  return [
    ...bases(file),
    ...user(last),
    ...execForm(last),
    ...health(last),
    ...labels(last),
    ...secrets(all),
    ...sources(all, root),
    ...packages(all),
  ];
}

function of(instructions, keyword) {
  return instructions.filter((instruction) => instruction.getKeyword() === keyword);
}

/** A base is a tagged image, a build argument with such a default, or an earlier stage. */
function* bases(file) {
  const defaults = new Map();
  for (const argument of file.getInitialARGs()) {
    const property = argument.getProperty();
    defaults.set(property.getName(), property.getValue() ?? "");
  }
  const stages = new Set();
  for (const from of file.getFROMs()) {
    const name = from.getImage().replace(/\$\{?(\w+)\}?/g, (_, variable) => defaults.get(variable) ?? "");
    if (!stages.has(name) && !/:[\w][\w.-]*(@sha256:[0-9a-f]{64})?$/.test(name)) {
      yield `base ${from.getImage()} has no tag`;
    }
    if (/:latest\b/.test(name)) yield `base ${name} is "latest"`;
    if (from.getBuildStage()) stages.add(from.getBuildStage());
  }
}

function* user(stage) {
  const name = of(stage, "USER").at(-1)?.getArgumentsContent() ?? "";
  if (!/^[1-9]\d*(:\d+)?$/.test(name)) yield "USER must be a number other than 0, which Kubernetes can check";
}

function isExecForm(instruction) {
  return instruction.getOpeningBracket?.() != null;
}

function* execForm(stage) {
  const entry = of(stage, "ENTRYPOINT");
  if (entry.length !== 1) yield "one ENTRYPOINT is wanted";
  for (const instruction of [...entry, ...of(stage, "CMD")]) {
    if (!isExecForm(instruction)) yield `${instruction.getKeyword()} must be in exec form, or signals do not arrive`;
  }
}

function* health(stage) {
  const checks = of(stage, "HEALTHCHECK");
  if (checks.length !== 1) yield "one HEALTHCHECK is wanted";
  for (const check of checks) {
    if (!/\bCMD\s*\[/.test(check.getRawArgumentsContent())) yield "HEALTHCHECK must be in exec form";
  }
}

function* labels(stage) {
  const names = of(stage, "LABEL").flatMap((label) => label.getProperties().map((property) => property.getName()));
  for (const label of REQUIRED_LABELS) {
    if (!names.includes(`org.opencontainers.image.${label}`)) yield `label org.opencontainers.image.${label} is missing`;
  }
}

/** What is in an argument or a variable is in the image for everybody to read. */
function* secrets(instructions) {
  for (const instruction of [...of(instructions, "ENV"), ...of(instructions, "ARG")]) {
    const properties = instruction.getProperties?.() ?? [instruction.getProperty()];
    for (const property of properties) {
      if (SECRET.test(property.getName())) yield `${instruction.getKeyword()} ${property.getName()} looks like a secret`;
    }
  }
}

function* sources(instructions, root) {
  for (const add of of(instructions, "ADD")) yield `ADD ${add.getArgumentsContent()}: COPY does what it says`;
  const ignored = readFileSync(join(root, ".dockerignore"), "utf8").split("\n");
  const context = ignored.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
  for (const copy of of(instructions, "COPY")) {
    if (copy.getFlags().some((flag) => flag.getName() === "from")) continue;
    for (const argument of copy.getArguments().slice(0, -1)) {
      const source = argument.getValue().replace(/\/$/, "");
      if (!BUILT.test(source) && !existsSync(join(root, source))) yield `COPY ${source}: there is no such file`;
      if (!context.some((path) => source === path || source.startsWith(`${path}/`))) {
        yield `COPY ${source}: .dockerignore leaves it out`;
      }
    }
  }
}

function* packages(instructions) {
  for (const run of of(instructions, "RUN")) {
    const command = run.getRawArgumentsContent();
    if (!/apt-get\s+install/.test(command)) continue;
    if (!command.includes("--no-install-recommends")) yield "apt-get install without --no-install-recommends";
    if (!command.includes("rm -rf /var/lib/apt/lists")) yield "apt-get install leaves its lists behind";
  }
}
