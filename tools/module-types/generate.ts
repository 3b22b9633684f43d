import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { format, resolveConfig } from "prettier";
import { terraformBinary } from "../../src/cli/deploy/run-terraform";
import { downloadModule } from "./download-module";
import { emitModule, generatedMark } from "./emit-module";
import { readBinding } from "./read-binding";
import { readVariables } from "./read-variables";
import { registryModules, type RegistryModule } from "./registry-modules";

const project = resolve(__dirname, "../..");
const committedFolder = join(project, "src/modules/registry");

/**
 * Writes one TypeScript file per module of cdktf.json, all or none.
 *
 * Usage: tsx tools/module-types/generate.ts [folder]. Another folder than the committed one serves to compare what
 * another registry declares.
 */
async function generate(outputFolder: string): Promise<void> {
  const modules = registryModules(JSON.parse(readFileSync(join(project, "cdktf.json"), "utf8")));
  const workFolder = mkdtempSync(join(tmpdir(), "module-types-"));
  try {
    const files = new Map<string, string>();
    for (const module of modules) files.set(`${module.name}.ts`, await sourceOf(module, workFolder));
    writeGenerated(outputFolder, files);
    console.error(`wrote the types of ${modules.map(({ name }) => name).join(", ")}`);
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

async function sourceOf(module: RegistryModule, workFolder: string): Promise<string> {
  const folder = downloadModule(module, workFolder, terraformBinary());
  try {
    const source = emitModule(module, await readVariables(folder), bindingOf(module));
    const filepath = join(committedFolder, `${module.name}.ts`);
    return await format(source, { ...(await resolveConfig(filepath)), filepath });
  } catch (error) {
    throw new Error(`module "${module.name}" ${module.version}: ${messageOf(error)}`);
  }
}

function bindingOf({ name }: RegistryModule): ReturnType<typeof readBinding> {
  const path = join(project, `.gen/modules/${name}.ts`);
  if (!existsSync(path)) throw new Error(`.gen/modules/${name}.ts is missing: run cdktf get first`);
  return readBinding(readFileSync(path, "utf8"));
}

/** Also removes generated files of modules that cdktf.json no longer names. */
function writeGenerated(folder: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(folder, { recursive: true });
  for (const fileName of readdirSync(folder)) {
    const isOurs =
      fileName.endsWith(".ts") && readFileSync(join(folder, fileName), "utf8").startsWith(generatedMark);
    if (isOurs && !files.has(fileName)) rmSync(join(folder, fileName));
  }
  for (const [fileName, content] of files) writeFileSync(join(folder, fileName), content);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

generate(resolve(process.argv[2] ?? committedFolder)).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
