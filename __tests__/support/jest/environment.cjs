const { ModuleMocker } = require("jest-mock");

const { console } = globalThis;

/** What Jest keeps of a file of tests (jest-circus, src/types.ts; expect, src/jestMatchersObject.ts). */
const OF_JEST = [
  "EVENT_HANDLERS",
  "TEST_TIMEOUT_SYMBOL",
  "RETRY_TIMES",
  "RETRY_IMMEDIATELY",
  "WAIT_BEFORE_RETRY",
  "LOG_ERRORS_BEFORE_RETRY",
  "$$jest-matchers-object",
].map((name) => Symbol.for(name));

/**
 * Tests run in the process's own realm. Jest's own environment makes a new one for each file of tests: every module is
 * compiled and run again in it, and every name of a global is looked up through a proxy.
 */
class SharedEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  // Nothing here fakes timers.
  fakeTimers = null;
  fakeTimersModern = null;
  exit = process.exit;
  exitCode = process.exitCode;
  env = { ...process.env };
  cwd = process.cwd();

  async setup() {}

  /** What modules have put into the process stays, as they do. */
  async teardown() {
    process.exit = this.exit;
    process.exitCode = this.exitCode;
    process.chdir(this.cwd);
    for (const name of Object.keys(process.env)) if (!(name in this.env)) delete process.env[name];
    Object.assign(process.env, this.env);
    for (const symbol of OF_JEST) Reflect.deleteProperty(globalThis, symbol);
    globalThis.console = console;
  }

  exportConditions() {
    return ["node", "node-addons"];
  }

  /** There is no other context than this one; see SharedRuntime. */
  getVmContext() {
    return globalThis;
  }
}

module.exports = SharedEnvironment;
