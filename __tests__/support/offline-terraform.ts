import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { missingTerraform, testUnless } from "./missing-tools";

/** Root of the repository. */
export const root = path.join(__dirname, "..", "..");

/**
 * A folder with stand-ins for the providers and registry modules, so that the real Terraform plans and applies without
 * AWS: mirror.sh prints a provider mirror, registry.mjs serves modules/.
 */
export const kit =
  process.env.OCTARINE_TERRAFORM_OFFLINE ?? path.join(root, "..", "shared", "terraform-offline");

/** Where Terraform, and where OpenTofu looks for a module whose source names no host. */
const REGISTRIES = ["registry.terraform.io", "registry.opentofu.org"];

/** Why the real Terraform and the kit can't be used here; undefined where they can. */
export function missingOfflineTerraform(): string | undefined {
  const providers = fs.existsSync(path.join(kit, "mirror.sh"))
    ? undefined
    : "there are no offline providers (OCTARINE_TERRAFORM_OFFLINE names a folder with mirror.sh and registry.mjs)";
  return missingTerraform() ?? providers;
}

/** `test` for what needs the real Terraform and the kit. */
export function terraformTest(name: string, body: () => Promise<void>, timeoutMs: number): void {
  testUnless(missingOfflineTerraform(), name, body, timeoutMs);
}

/** A module registry on loopback and a CLI configuration that leads Terraform to it and to the provider mirror. */
export class OfflineTerraform {
  private constructor(
    private readonly registry: ReturnType<typeof spawn>,
    /** Environment for Terraform and cdktf. */
    readonly env: Record<string, string>,
    readonly dir: string,
    /** Folder of the providers, a filesystem mirror. */
    readonly mirror: string,
  ) {}

  /**
   * @param given.mirror of providers, in place of the kit's
   * @param given.modules folder of modules that come before those of the kit
   */
  static async start(given: { mirror?: string; modules?: string } = {}): Promise<OfflineTerraform> {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-terraform-"));
    const mirror = given.mirror ?? kitMirror();
    const modules = [given.modules, path.join(kit, "modules")].filter((each) => each !== undefined);
    const registry = spawn(process.execPath, [path.join(kit, "registry.mjs"), modules.join(":")], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const url = await new Promise<string>((resolve) => {
      registry.stdout?.once("data", (data: Buffer) => resolve(data.toString().trim()));
    });
    const config = path.join(dir, "terraformrc");
    fs.writeFileSync(
      config,
      [
        "disable_checkpoint = true",
        ...REGISTRIES.map((name) => `host "${name}" {\n  services = { "modules.v1" = "${url}" }\n}`),
        `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}`,
      ].join("\n"),
    );
    return new OfflineTerraform(
      registry,
      { TF_CLI_CONFIG_FILE: config, CHECKPOINT_DISABLE: "1" },
      dir,
      mirror,
    );
  }

  /** Ends the registry; the folder stays. */
  end(): void {
    this.registry.kill();
  }

  stop(): void {
    this.registry.kill();
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}

/** The kit's providers, built if they are not yet. */
export function kitMirror(): string {
  return spawnSync(path.join(kit, "mirror.sh"), { encoding: "utf8" }).stdout.trim();
}

export interface Finished {
  readonly status: number;
  readonly output: string;
}

/** A signal to a program, once its output holds a text. */
export interface SignalAt {
  readonly text: string;
  readonly signal: NodeJS.Signals;
}

/**
 * Runs a program to its end without blocking this process, which may be serving it.
 *
 * @param timeoutMs after which it is ended; 0 for never
 */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Record<string, string>,
  at?: SignalAt,
  timeoutMs = 0,
): Promise<Finished> {
  const { TF_WORKSPACE: _ours, ...inherited } = process.env;
  const child = spawn(command, args, {
    cwd,
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeoutMs,
  });
  let output = "";
  let signalled = false;
  const heard = (data: Buffer) => {
    output += data.toString();
    if (at === undefined || signalled || !output.includes(at.text)) return;
    signalled = true;
    child.kill(at.signal);
  };
  child.stdout.on("data", heard);
  child.stderr.on("data", heard);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status: status ?? 1, output }));
  });
}
