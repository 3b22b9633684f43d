import fs from "node:fs";
import path from "node:path";
import { OVERRIDE_FILE } from "../../synth/output/override-file";

/** Takes away what makes a stack's folder take charts from a bundle: what is laid there once would stay through an upgrade. */
export function clearStack(cwd: string): void {
  fs.rmSync(path.join(cwd, OVERRIDE_FILE), { force: true });
  for (const name of ["charts", "offline.tfrc"])
    fs.rmSync(path.join(cwd, ".terraform", name), { recursive: true, force: true });
}

/** Whether a bundle was laid there. */
export function isLaid(cwd: string): boolean {
  return fs.existsSync(path.join(cwd, OVERRIDE_FILE));
}
