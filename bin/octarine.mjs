#!/usr/bin/env node
import fs from "node:fs";

// The package has what was built of the sources; where these are, in a checkout, they are what runs.
if (fs.existsSync(new URL("../src", import.meta.url)))
  await (await import("./bundle.mjs")).runBundled("src/cli/octarine.ts");
else (await import("./code-cache.mjs")).run(new URL("../dist/octarine.cjs", import.meta.url));
