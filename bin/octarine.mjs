#!/usr/bin/env node
import { createRequire } from "node:module";
import { bundled } from "./bundle.mjs";

createRequire(import.meta.url)(await bundled("src/cli/octarine.ts"));
