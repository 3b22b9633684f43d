import fs from "node:fs";
import path from "node:path";

/**
 * Puts the freshly made folder in the place of the old one. What Terraform keeps beside a stack's JSON (`.terraform`,
 * the lock file) stays with stacks that still exist; stacks that are gone go whole.
 */
export function replaceOutput(staging: string, outDir: string): void {
  const oldStacks = path.join(outDir, "stacks");
  const newStacks = path.join(staging, "stacks");
  fs.mkdirSync(oldStacks, { recursive: true });
  const wanted = new Set(fs.existsSync(newStacks) ? fs.readdirSync(newStacks) : []);

  for (const name of fs.readdirSync(oldStacks)) {
    if (!wanted.has(name)) fs.rmSync(path.join(oldStacks, name), { recursive: true, force: true });
  }
  for (const name of wanted) {
    const [from, to] = [path.join(newStacks, name), path.join(oldStacks, name)];
    fs.mkdirSync(to, { recursive: true });
    const made = new Set(fs.readdirSync(from));
    for (const entry of fs.readdirSync(to)) {
      if (!made.has(entry) && !keptByTerraform(entry))
        fs.rmSync(path.join(to, entry), { recursive: true, force: true });
    }
    for (const entry of made) {
      fs.rmSync(path.join(to, entry), { recursive: true, force: true });
      fs.renameSync(path.join(from, entry), path.join(to, entry));
    }
  }
  fs.renameSync(path.join(staging, "manifest.json"), path.join(outDir, "manifest.json"));
}

function keptByTerraform(name: string): boolean {
  return (
    name === ".terraform" || name === ".terraform.lock.hcl" || name.endsWith(".tfstate") || name === "plan"
  );
}
