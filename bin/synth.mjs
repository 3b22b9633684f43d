// The app of cdktf.json.
import { runBundled } from "./bundle.mjs";

await runBundled("main.ts");
