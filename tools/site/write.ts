import fs from "node:fs";
import path from "node:path";
import { callsOfControllers } from "./components/aws-calls";
import { navigationOf } from "./navigation";
import { importsPicture, IMPORTS_PICTURE } from "./pictures";
import { sitePages } from "./pages";
import { sampleTargets } from "./samples";
import { root } from "./site-page";

/** What VitePress reads: made anew each time, and not committed. */
const OUT = path.join(root, "website", "pages");

const pages = sitePages(() => callsOfControllers(sampleTargets().values()));
fs.rmSync(OUT, { recursive: true, force: true });
for (const { path: at, text } of pages) {
  const file = path.join(OUT, at);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}
fs.cpSync(path.join(root, "docs", "report.png"), path.join(OUT, "report.png"));
fs.writeFileSync(path.join(OUT, IMPORTS_PICTURE), importsPicture());
fs.writeFileSync(path.join(OUT, "navigation.json"), JSON.stringify(navigationOf(pages)));
console.log(`${pages.length} pages in ${path.relative(process.cwd(), OUT)}`);
