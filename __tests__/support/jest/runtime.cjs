const fs = require("node:fs");
const vm = require("node:vm");
const { default: JestRuntime } = require("jest-runtime");

/** Modules by path, of all files of tests that this process has run. */
const known = new Map();

/** What each file of tests has for itself: it speaks to Jest when it is loaded. */
const own =
  /\.test\.ts$|[\\/]__tests__[\\/]support[\\/](setup|run-command)\.ts$|[\\/]testing[\\/]adapters[\\/]/;

/** Of the arguments that Jest gives a runtime: the file of tests. */
const TEST_PATH = 6;

/** A runtime that loads a module once for all files of tests in a process. */
class SharedRuntime extends JestRuntime {
  constructor(...args) {
    super(...args);
    // A file that puts something in a module's place needs those that ask for it loaded anew, and nobody else may get them.
    if (!/\bjest\.mock\(/.test(fs.readFileSync(args[TEST_PATH], "utf8")))
      this.registries.moduleRegistry = known;
    this.executor.compile = (source, filename) =>
      vm.compileFunction(source, this.executor.injectedModuleParameters, { filename });
  }

  teardown() {
    this.restoreAllMocks();
    for (const file of [...known.keys()]) if (own.test(file)) known.delete(file);
    // A module loaded by this runtime may go on to load what it needs later.
    this.testState.enterTestCode();
  }
}

module.exports = { __esModule: true, default: SharedRuntime };
