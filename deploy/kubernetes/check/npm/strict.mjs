// Reads KEDA's and the Prometheus operator's resources strictly: `kubectl kustomize DIR | node strict.mjs`.
// Each document becomes an object literal of its type, and the TypeScript compiler finds unknown fields and wrong types.
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { join, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { parseAllDocuments } from "yaml";

const packages = {
  "keda.sh/v1alpha1": "@kubernetes-models/keda/keda.sh/v1alpha1",
  "monitoring.coreos.com/v1": "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1",
};

const documents = parseAllDocuments(readFileSync(0, "utf8"))
  .map((document) => document.toJS())
  .filter((document) => document && packages[document.apiVersion]);

// Below the packages, so that their types are found.
const folder = mkdtempSync(join(dirname(fileURLToPath(import.meta.url)), "strict-"));
try {
  const files = documents.map((document, index) => {
    const file = join(folder, `${index}-${document.metadata.name}.ts`);
    const { apiVersion, kind } = document;
    writeFileSync(
      file,
      `import type { I${kind} } from "${packages[apiVersion]}";\n` +
        `export const document: I${kind} = ${JSON.stringify(document, null, 2)};\n`,
    );
    return file;
  });
  const program = ts.createProgram(files, {
    noEmit: true,
    strict: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
  });
  const findings = ts.getPreEmitDiagnostics(program);
  for (const finding of findings) {
    const line = finding.file ? finding.file.getLineAndCharacterOfPosition(finding.start).line + 1 : 0;
    const file = finding.file ? finding.file.fileName.split("/").pop() : "";
    console.error(`${file}:${line} ${ts.flattenDiagnosticMessageText(finding.messageText, " ")}`);
  }
  console.log(`${documents.length} resources of KEDA and Prometheus read, ${findings.length} findings`);
  process.exitCode = findings.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
