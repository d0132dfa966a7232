// What GitHub's upload action does with a SARIF file before it sends it, as far as it can be done without GitHub: it
// validates the file with the npm package jsonschema, and makes a fingerprint for the line of each result. Beside that, what
// JavaScript finds in each region: SARIF's columns are counted as it counts.
//
//   node github.mjs TOOLS LOG ROOT [LOG ROOT]...
//
// TOOLS is a directory with node_modules/jsonschema and sarif-2.1.0.json. Where it holds the sources of
// github/codeql-action too, under codeql-action/src, with node_modules/long and node_modules/amaro to run them,
// fingerprints are compared with what they make of the files under each log's ROOT, unless that is "-". What is wrong is
// printed, a line each; the last line says how many fingerprints were compared.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [tools, ...pairs] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(tools), "github.cjs"));
const jsonschema = require("jsonschema");

// compiled strips the types from a source of the action and from what it imports, into a directory of modules.
function compiled(source, dir) {
  const { transformSync } = require("amaro");
  const target = path.join(dir, path.basename(path.dirname(source)) + "-" + path.basename(source) + ".mjs");
  if (fs.existsSync(target)) return target;
  let { code } = transformSync(fs.readFileSync(source, "utf8"), { mode: "transform" });
  code = code.replace(/^(import .* from )"(\.[^"]*)"/gm, (_, head, name) => {
    const base = path.resolve(path.dirname(source), name);
    const file = [base + ".ts", path.join(base, "index.ts")].find((f) => fs.existsSync(f));
    return file === undefined ? "" : head + JSON.stringify(pathToFileURL(compiled(file, dir)).href);
  });
  code = code.replace(/^(import .* from )"long"/gm, (_, head) => head + JSON.stringify(pathToFileURL(require.resolve("long")).href));
  fs.writeFileSync(target, code);
  return target;
}

const actionSource = path.join(tools, "codeql-action", "src", "fingerprints.ts");
let addFingerprints;
if (fs.existsSync(actionSource)) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "codeql-action-"));
  try {
    ({ addFingerprints } = await import(pathToFileURL(compiled(actionSource, dir)).href));
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

const schemaFile = [path.join(tools, "codeql-action", "src", "sarif-schema-2.1.0.json"), path.join(tools, "sarif-2.1.0.json")]
  .find((f) => fs.existsSync(f));
const schema = JSON.parse(fs.readFileSync(schemaFile, "utf8"));
const hashes = (log) => log.runs.flatMap((run) => run.results.map((r) => r.partialFingerprints?.primaryLocationLineHash));

// regionsOf returns every place of a log.
function regionsOf(log) {
  const places = log.runs.flatMap((run) => run.results.flatMap((r) => [
    ...r.locations, ...(r.relatedLocations ?? []),
    ...(r.codeFlows ?? []).flatMap((c) => c.threadFlows.flatMap((f) => f.locations.map((l) => l.location))),
  ]));
  return places.map((l) => l.physicalLocation);
}

// checkRegion tells of a place that isn't in its file, or shows no text of it. JavaScript counts as viewers do.
function checkRegion({ artifactLocation, region }, root, files, say) {
  const at = `${artifactLocation.uri} ${JSON.stringify(region)}`;
  const file = path.join(root, decodeURIComponent(artifactLocation.uri));
  if (!files.has(file)) {
    const found = fs.lstatSync(file, { throwIfNoEntry: false });
    if (found === undefined || !found.isFile()) return say(`${at} is no file`);
    files.set(file, fs.readFileSync(file, "utf8").replace(/^\uFEFF/, "").split(/\r\n|\r|\n/));
  }
  const line = files.get(file)[region.startLine - 1];
  if (line === undefined || region.endLine !== region.startLine) return say(`${at} is no line`);
  if (region.endColumn > line.length + 1 || region.endColumn < region.startColumn) return say(`${at} is outside of its line`);
  if (line.slice(region.startColumn - 1, region.endColumn - 1).trim() === "" && line.trim() !== "") say(`${at} is blank`);
}

let compared = 0;
for (let i = 0; i < pairs.length; i += 2) {
  const [file, root] = [pairs[i], pairs[i + 1]];
  const log = JSON.parse(fs.readFileSync(file, "utf8"));
  for (const e of new jsonschema.Validator().validate(log, schema).errors) {
    console.log(`${file}: jsonschema: ${e.stack}`);
  }
  if (root === "-") continue;
  const files = new Map();
  for (const region of regionsOf(log)) checkRegion(region, root, files, (text) => console.log(`${file}: regions: ${text}`));
  if (addFingerprints === undefined) continue;
  const say = (text) => console.log(`${file}: fingerprints: ${text}`);
  const ours = hashes(log);
  await addFingerprints(log, path.resolve(root), { warning: say, debug: say, info() {} });
  hashes(log).forEach((hash, n) => {
    if (hash === undefined) say(`the file of result ${n} has no such line`);
    if (ours[n] !== undefined) compared++;
  });
  // Ours must not only agree with what stands in the file, but be made where the action makes one.
  const bare = structuredClone(log);
  for (const run of bare.runs) for (const r of run.results) delete r.partialFingerprints;
  await addFingerprints(bare, path.resolve(root), { warning: say, debug: say, info() {} });
  hashes(bare).forEach((hash, n) => {
    if (ours[n] !== undefined && hash !== ours[n]) say(`result ${n} has ${ours[n]}, the action makes ${hash}`);
  });
}
console.log(`compared ${compared} fingerprints`);
