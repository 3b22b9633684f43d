// The app of cdktf.json.
import { run } from "./run.mjs";

await run("app", "main.ts");
