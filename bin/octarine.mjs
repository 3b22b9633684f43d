#!/usr/bin/env node
import fs from "node:fs";

// The package has what was built of the sources; where these are, in a checkout, they are what runs.
if (!fs.existsSync(new URL("../src", import.meta.url))) await import("../dist/octarine.mjs");
else await (await import("./bundle.mjs")).runBundled("src/cli/octarine.ts");
