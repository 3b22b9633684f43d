import fs from "node:fs";
import path from "node:path";
import { sampleFiles } from "./samples";
import { pageOfFile, rewriteLinks, sitePath } from "./links";
import { outsideCode, outsideFences } from "./outside-fences";
import { withPicture } from "./pictures";
import { root, type SitePage, titleOf } from "./site-page";

/** Marks for what makes a part of a page, which readers do not see. */
const COMMENT = /<!--[\s\S]*?-->\n?/g;

/** The pages of docs and those beside it, as they are, with links that lead on the site; and the files that they link to. */
export function docsPages(): SitePage[] {
  const linked = new Set<string>();
  const pages = [...filesOfDocs(), ...Object.keys(pageOfFile).filter((file) => file !== "README.md")].map(
    (file) => pageOfDocs(file, (each) => linked.add(each)),
  );
  for (const file of sampleFiles()) linked.add(file);
  return [...pages, ...folderPages(pages), ...[...linked].sort().map(filePage)];
}

function filesOfDocs(): string[] {
  return fs
    .readdirSync(path.join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => path.posix.join("docs", name.split(path.sep).join("/")))
    .sort();
}

function pageOfDocs(file: string, found: (linked: string) => void): SitePage {
  const text = fs.readFileSync(path.join(root, file), "utf8");
  const bare = withPicture(
    outsideFences(text, (prose) => prose.replace(COMMENT, "")),
    sitePath(file),
  );
  return {
    path: sitePath(file),
    from: file,
    text: outsideCode(bare, (prose) => rewriteLinks(prose, file, found)),
  };
}

/** What the index of a folder of docs says; one that is not here is called by its name. */
const folders: Readonly<Record<string, readonly [title: string, says: string]>> = {
  adr: ["Decisions", "What was decided about the architecture, and why, in order."],
  components: ["Components in depth", "What a target's components are set to, and how to run them."],
  howto: ["How to change Octarine", "Steps for those who change Octarine itself."],
  runbooks: ["Runbooks", "What to do about each cause that a diagnosis finds."],
};

/** An index for each folder of docs that has none. */
function folderPages(pages: readonly SitePage[]): SitePage[] {
  const names = [...new Set(pages.map(({ path: at }) => path.posix.dirname(at)))].filter(
    (each) => each !== ".",
  );
  return names
    .filter((folder) => !pages.some(({ path: at }) => at === `${folder}/index.md`))
    .map((folder) => {
      const [title, says] = folders[folder] ?? [
        `${folder.charAt(0).toUpperCase()}${folder.slice(1)}`,
        "Its pages:",
      ];
      const inside = pages.filter(({ path: at }) => path.posix.dirname(at) === folder);
      const lines = inside.map((page) => `- [${titleOf(page)}](./${path.posix.basename(page.path)})`);
      return { path: `${folder}/index.md`, text: [`# ${title}`, "", says, "", ...lines, ""].join("\n") };
    });
}

/** A file that a page links to, shown as it is. */
export function filePage(file: string): SitePage {
  const text = fs.readFileSync(path.join(root, file), "utf8").trimEnd();
  const language = path.extname(file).slice(1);
  return {
    path: sitePath(file),
    from: file,
    text: [
      // A search finds pages first, which say what the file shows.
      "---\nsearch: false\n---\n",
      `# \`${file}\``,
      "",
      "A file of the repository.",
      "",
      `\`\`\`\`${language}`,
      text,
      "````",
      "",
    ].join("\n"),
  };
}
