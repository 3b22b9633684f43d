import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "./pages";

/** What a program in the project wrote, and its exit code. */
export interface ProjectRun {
  readonly status: number | null;
  readonly output: string;
  readonly remarks: string;
}

/** A folder of a user's, outside the checkout, with the packed package installed. */
export class Project {
  constructor(readonly folder: string) {}

  /** Runs the installed program. */
  octarine(...args: string[]): ProjectRun {
    return this.run(path.join(this.folder, "node_modules", ".bin", "octarine"), args);
  }

  /** Runs a script with Node.js, or an installed program by its path. */
  run(program: string, args: readonly string[] = []): ProjectRun {
    const { OCTARINE_ENVS: _, ...env } = process.env;
    const run = spawnSync(program, args, { cwd: this.folder, encoding: "utf8", env, maxBuffer: 1 << 26 });
    return { status: run.status, output: run.stdout, remarks: run.stderr };
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
  }

  read(file: string): string {
    return fs.readFileSync(path.join(this.folder, file), "utf8");
  }
}

/**
 * Packs the checkout as npm would publish it and installs that into an empty folder, from npm's cache alone where it has
 * what the package needs.
 */
export function installedProject(): Project {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "octarine-package-"));
  const project = new Project(path.join(folder, "project"));
  fs.mkdirSync(project.folder);
  const packed = npm(root, "pack", "--json", "--pack-destination", folder);
  // The build says what it does on the same output.
  const [{ filename }] = JSON.parse(packed.slice(packed.indexOf("["))) as [{ filename: string }];
  project.write({ "package.json": JSON.stringify({ private: true, type: "module" }) });
  npm(project.folder, "install", "--prefer-offline", "--no-audit", "--no-fund", path.join(folder, filename));
  return project;
}

function npm(cwd: string, ...args: string[]): string {
  return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
