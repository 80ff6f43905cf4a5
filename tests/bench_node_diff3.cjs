// Merges three files with node-diff3 and says how many milliseconds the merge alone took.
// usage: node bench_node_diff3.cjs FOLDER-OF-NODE-MODULES BASE OURS THEIRS
const fs = require("fs");
const path = require("path");
const [folder, ...files] = process.argv.slice(2);
const { mergeDiff3 } = require(require.resolve("node-diff3", { paths: [path.dirname(folder)] }));
const [base, ours, theirs] = files.map((name) => fs.readFileSync(name, "utf8").split("\n"));
const begin = process.hrtime.bigint();
mergeDiff3(ours, base, theirs);
console.log(Number(process.hrtime.bigint() - begin) / 1e6);
