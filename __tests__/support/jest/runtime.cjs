const vm = require("node:vm");
const { default: JestRuntime } = require("jest-runtime");

/** Modules by path, of all files of tests that this process has run. */
const known = new Map();

/** What each file of tests has for itself: it speaks to Jest when it is loaded. */
const own =
  /\.test\.ts$|[\\/]__tests__[\\/]support[\\/](setup|run-command)\.ts$|[\\/]testing[\\/]adapters[\\/]/;

/** A runtime that loads a module once for all files of tests in a process. */
class SharedRuntime extends JestRuntime {
  constructor(...args) {
    super(...args);
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
