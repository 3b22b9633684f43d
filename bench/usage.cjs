// Preloaded into every Node.js process of a measured run (measure.mjs): each says at its end what it took.
const fs = require("node:fs");

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const line = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMb: maxRSS / 1024 };
  fs.appendFileSync(process.env.OCTARINE_BENCH_USAGE, `${JSON.stringify(line)}\n`);
});
