// Types are checked by `npm run typecheck`; swc only strips them, which keeps the tests fast.
const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
  ],
};
// A process loads a module once for all its files of tests, which halves the CPU time. Where a test seems to depend on what another one left
// behind, OCTARINE_TESTS=apart gives each file modules of its own, as Jest does by itself.
const shared = process.env.OCTARINE_TESTS !== "apart" && {
  testEnvironment: "<rootDir>/__tests__/support/jest/environment.cjs",
  runtime: "<rootDir>/__tests__/support/jest/runtime.cjs",
};
const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testEnvironment: "node",
  rootDir: __dirname,
  setupFilesAfterEnv: ["<rootDir>/__tests__/support/setup.ts"],
  testMatch,
  transform,
  modulePathIgnorePatterns: [
    "<rootDir>/cdktf.out",
    "<rootDir>/node_modules/.cache",
    "<rootDir>/dist",
    "<rootDir>/examples/service",
    "<rootDir>/website",
  ],
  ...more,
});

/** @type {import("jest").Config} */
module.exports = {
  // Both cores of a small machine: the default leaves one free, which doubles the time there.
  maxWorkers: "100%",
  // Modules and what they remember stay; a process that has grown begins anew.
  workerIdleMemoryLimit: "1500MB",
  projects: [
    project("unit", ["<rootDir>/__tests__/**/*.test.ts"], {
      testPathIgnorePatterns: [
        "__tests__/terraform/",
        "__tests__/cluster/",
        "__tests__/package/",
        "__tests__/site/",
      ],
      ...shared,
    }),
    project("terraform", ["<rootDir>/__tests__/terraform/**/*.test.ts"]),
    project("package", ["<rootDir>/__tests__/package/**/*.test.ts"]),
    project("site", ["<rootDir>/__tests__/site/**/*.test.ts"]),
    project("cluster", ["<rootDir>/__tests__/cluster/**/*.test.ts"]),
  ],
};
