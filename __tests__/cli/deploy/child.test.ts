import fs from "node:fs";
import path from "node:path";
import { runChild } from "../../../src/cli/deploy/child";
import { aFolder } from "../../support/fixtures";

/** Says how many signals it got, and ends a moment after the first. */
const COUNTING = `
  let signals = 0;
  for (const name of ["SIGINT", "SIGTERM"]) process.on(name, () => {
    if (++signals === 1) setTimeout(() => { console.log(signals); process.exit(3); }, 500);
  });
  require("node:fs").writeFileSync(process.argv[1], "");
  setInterval(() => {}, 1000);`;

async function fileExists(file: string): Promise<void> {
  while (!fs.existsSync(file)) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function interrupted(...signals: NodeJS.Signals[]) {
  const ready = path.join(aFolder({}), "ready");
  const running = runChild(process.execPath, ["-e", COUNTING, ready], { stdio: ["ignore", "pipe", "pipe"] });
  await fileExists(ready);
  signals.forEach((signal) => process.emit(signal, signal));
  return await running;
}

test("a signal that comes twice at once, as by Ctrl-C under npx, is handed on once", async () => {
  expect(await interrupted("SIGINT", "SIGINT")).toMatchObject({
    status: 3,
    stdout: "1\n",
    interruptedBy: "SIGINT",
    forced: false,
  });
});

test("when the terminal is gone, Terraform is told to end", async () => {
  expect(await interrupted("SIGHUP")).toMatchObject({ status: 3, stdout: "1\n", interruptedBy: "SIGHUP" });
});
