// Preloaded by bench/bench.mjs: makes the synthesis keep cdktf's stack traces, to show what leaving them out saves.
const { captureStackTrace } = Error;
Object.defineProperty(Error, "captureStackTrace", {
  configurable: true,
  get: () => captureStackTrace,
  set: () => undefined,
});
