// The app of cdktf.json.
import { createRequire } from "node:module";
import { bundled } from "./bundle.mjs";

createRequire(import.meta.url)(await bundled("main.ts"));
