import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { CommandFailure } from "../report-error";
import { listed } from "../../text/listed";

/** What a project adds to the platform, in order of preference. */
const FILES = ["octarine.config.ts", "octarine.config.mts", "octarine.config.mjs", "octarine.config.js"];

/**
 * Makes what the project in a folder adds a part of this program: its stacks, rules and changes. A folder without an
 * octarine.config adds nothing, and pays nothing.
 *
 * @throws CommandFailure for one that can't be read
 */
export async function loadProject(folder: string): Promise<void> {
  const [name, ...others] = projectFiles(folder);
  if (name === undefined) return;
  if (others.length > 0) throw new CommandFailure(`${listed([name, ...others])}: keep one`);
  const file = path.resolve(folder, name);
  refuseOtherCopies(file);
  if (/ts$/.test(name)) await readTypeScript(file);
  const { default: project } = (await imported(file)) as { readonly default?: unknown };
  if (typeof project !== "object" || project === null)
    throw new CommandFailure(`${name}: needs a default export; write export default defineProject({ ... })`);
  const { useProject } = await import("../../project/project");
  useProject(project);
}

/** Files of a folder by which a project adds to the platform: one, or none. */
export function projectFiles(folder: string): readonly string[] {
  return FILES.filter((each) => fs.existsSync(path.join(folder, each)));
}

async function imported(file: string): Promise<unknown> {
  const { importFile } = await import("./import-file");
  try {
    return await importFile(file);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new CommandFailure(`${path.basename(file)} can't be read: ${inOwnCode(error)}`);
  }
}

/** What an error says and where in the project's own code it comes from: frames of Node.js and of packages lead nobody to a mistake. */
function inOwnCode({ stack, message }: Error): string {
  const lines = (stack ?? message).split("\n");
  return lines
    .filter((line) => !/^\s+at .*(node:|[\\/]node_modules[\\/]|[\\/]octarine[\\/]dist[\\/])/.test(line))
    .join("\n");
}

/** A construct of one copy is not one for another, and fails far from its cause. */
function refuseOtherCopies(file: string): void {
  const theirs = createRequire(file);
  const ours = createRequire(pathToFileURL(__filename));
  for (const name of ["constructs", "cdktf"]) {
    const [their, our] = [theirs, ours].map((each) => resolved(each, name));
    if (their !== undefined && our !== undefined && their !== our)
      throw new CommandFailure(
        `two copies of ${name}: ${path.basename(file)} uses ${their}, and this program ${our}; pin one version of it in package.json`,
      );
  }
}

function resolved(require: NodeJS.Require, name: string): string | undefined {
  try {
    return fs.realpathSync(require.resolve(name));
  } catch {
    return undefined;
  }
}

/** Node.js reads TypeScript itself from 22.18 on, with what has no meaning at run time; the project's own tsx takes all of it. */
async function readTypeScript(file: string): Promise<void> {
  const tsx = resolved(createRequire(file), "tsx");
  // As `node --import tsx` does.
  if (tsx !== undefined) await (await import("./import-file")).importFile(tsx);
  else if (!("typescript" in process.features) || !process.features.typescript)
    throw new CommandFailure(
      `${path.basename(file)} needs Node.js 22.18 or later, or tsx: npm install --save-dev tsx`,
    );
}
