#!/usr/bin/env node
import { runBundled } from "./bundle.mjs";

await runBundled("src/cli/octarine.ts");
