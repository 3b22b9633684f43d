// Writes an output folder and is killed before the step of the given number that changes files in it.
//
//   node killed-at.cjs BUNDLE OUT STEP VERSION
//
// BUNDLE: write-output.ts, bundled. Prints the number of steps where it gets to its end.
const fs = require("node:fs");

const [bundle, out, step, version] = process.argv.slice(2);
let steps = 0;
for (const name of ["renameSync", "rmSync", "mkdirSync", "mkdtempSync", "writeFileSync"]) {
  const original = fs[name];
  fs[name] = (...args) => {
    if (String(args[0]).startsWith(out) && ++steps === Number(step)) process.kill(process.pid, "SIGKILL");
    return original.apply(fs, args);
  };
}

const { writeOutput, exampleStacks } = require(bundle);
writeOutput(out, { ownerOf: () => "dev/us-east-1", decidesOver: () => true }, (app) =>
  exampleStacks(app, version),
);
console.log(steps);
