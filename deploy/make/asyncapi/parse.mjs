// Parses an AsyncAPI document with AsyncAPI's own parser, files it refers to included. Prints what is wrong; ends with 1
// when something is. What the parser only suggests, such as a newer version of the specification, is left out.
import { DiagnosticSeverity, Parser, fromFile } from '@asyncapi/parser';

const file = process.argv[2];
const { document, diagnostics } = await fromFile(new Parser(), file).parse();
const faults = diagnostics.filter((fault) => fault.severity <= DiagnosticSeverity.Warning);
for (const fault of faults) {
  console.error(`${file}: ${fault.path.join('.') || 'document'}: ${fault.message}`);
}
if (faults.length > 0 || document === undefined) {
  process.exit(1);
}
const counts = [
  `${document.allChannels().length} channels`,
  `${document.allOperations().length} operations`,
  `${document.allMessages().length} messages`,
];
console.log(`${file}: AsyncAPI ${document.version()}, ${counts.join(', ')}.`);
