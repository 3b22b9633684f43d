import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { App } from "cdktf";
import { withoutCdktfVariables } from "./cdktf-variables";

/**
 * An app for stacks that are read and never written. cdktf 0.21 makes the output folder as soon as there is an app (lib/app.js,
 * lib/manifest.js), so that a command which only judges would leave an empty one where it was called.
 */
export function unwrittenApp(): App {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-app-"));
  try {
    return withoutCdktfVariables(() => new App({ outdir }));
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}
