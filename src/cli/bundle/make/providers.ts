import fs from "node:fs";
import path from "node:path";
import { lockedProviders } from "../../../bundle/lock-file";
import type { BundledProvider } from "../../../bundle/manifest";
import type { ProviderNeed } from "../../../bundle/stack-needs";
import { runTerraform } from "../../deploy/run-terraform";
import { tellProgress } from "../../progress";
import { CommandFailure } from "../../report-error";
import type { BundleFolder } from "./bundle-folder";
import { fullAddress, type Program } from "./program";

export interface ProviderRequest {
  readonly needs: readonly ProviderNeed[];
  readonly platforms: readonly string[];
  readonly program: Program;
  /** A filesystem mirror to take them from. Without one: their registries. */
  readonly mirror: string | undefined;
}

/**
 * Brings providers into the bundle, in Terraform's own layout of a filesystem mirror. From a registry Terraform downloads them and checks
 * the publisher's signature.
 *
 * @throws CommandFailure with Terraform's own words
 */
export async function bringProviders(folder: BundleFolder, request: ProviderRequest): Promise<void> {
  const { needs, platforms, program } = request;
  refuseRanges(needs);
  const total = needs.length * platforms.length;
  let done = 0;
  for (const need of needs) {
    for (const platform of platforms) {
      tellProgress(`provider ${need.source} ${need.version} for ${platform} (${++done} of ${total})`);
      await bringProvider(folder, need, platform, request);
    }
  }
  folder.tell({ providers: await hashesOf(folder, needs, platforms, program) });
}

/** @throws CommandFailure: a range would let two bundles of one commit differ */
function refuseRanges(needs: readonly ProviderNeed[]): void {
  const loose = needs.find(({ version }) => !/^\d+\.\d+\.\d+[\w.+-]*$/.test(version));
  if (loose === undefined) return;
  throw new CommandFailure(
    `${loose.source} is demanded as ${loose.version}, and a bundle holds exact versions; pin it in the stack's required providers`,
  );
}

async function bringProvider(
  folder: BundleFolder,
  need: ProviderNeed,
  platform: string,
  { program, mirror }: ProviderRequest,
): Promise<void> {
  const forms = formsOf(need, platform, program);
  const there = forms.find((form) => folder.has(`providers/${form}`));
  if (there !== undefined) return folder.keep(`providers/${there}`);
  const from = mirror ?? (await download(folder, need, platform, program));
  const form = forms.find((each) => fs.existsSync(path.join(from, each)));
  if (form === undefined)
    throw new CommandFailure(
      `${from} has no ${need.source} ${need.version} for ${platform}; ${mirror === undefined ? "its registry may not offer it" : "put it there, or leave --providers out where its registry can be reached"}`,
    );
  if (mirror === undefined) return folder.take(path.join(from, form), `providers/${form}`);
  const copy = path.join(folder.stage(), "copy");
  fs.cpSync(path.join(from, form), copy, { recursive: true, dereference: true });
  folder.take(copy, `providers/${form}`);
}

/** Packed and unpacked, as Terraform names them (Terraform 1.11, internal/getproviders, filesystem_search.go). */
function formsOf({ source, version }: ProviderNeed, platform: string, program: Program): readonly string[] {
  const address = fullAddress(source, program);
  const type = address.slice(address.lastIndexOf("/") + 1);
  return [
    `${address}/terraform-provider-${type}_${version}_${platform}.zip`,
    `${address}/${version}/${platform}`,
  ];
}

async function download(
  folder: BundleFolder,
  need: ProviderNeed,
  platform: string,
  { name }: Program,
): Promise<string> {
  const scratch = scratchOf(folder, [need]);
  const args = ["providers", "mirror", `-platform=${platform}`, "mirror"];
  const { status, stdout, stderr } = await runTerraform(scratch, args);
  if (status !== 0)
    throw new CommandFailure(
      `${name} can't download ${need.source} ${need.version} for ${platform}; give a filesystem mirror with --providers.\n${(stderr || stdout).trim()}`,
    );
  return path.join(scratch, "mirror");
}

/** A configuration that asks for these providers and nothing else. */
function scratchOf(folder: BundleFolder, needs: readonly ProviderNeed[]): string {
  const scratch = folder.stage();
  const required = Object.fromEntries(
    needs.map(({ source, version }) => [source.slice(source.lastIndexOf("/") + 1), { source, version }]),
  );
  const json = { terraform: { required_providers: required } };
  fs.writeFileSync(path.join(scratch, "main.tf.json"), JSON.stringify(json));
  return scratch;
}

/** Hashes for lock files, by Terraform itself; what an earlier run knows of the same files stays. */
async function hashesOf(
  folder: BundleFolder,
  needs: readonly ProviderNeed[],
  platforms: readonly string[],
  program: Program,
): Promise<BundledProvider[]> {
  const { prior } = folder;
  if (prior?.complete === true && samePlatforms(prior.platforms, platforms)) {
    const known = needs.map(({ source, version }) =>
      prior.providers.find(
        (each) => each.source === fullAddress(source, program) && each.version === version,
      ),
    );
    const all = known.flatMap((each) => each ?? []);
    if (all.length === needs.length) return all;
  }
  const found: BundledProvider[] = [];
  for (const group of withoutTwins(needs)) {
    tellProgress(`hashes of ${group.length} providers`);
    const scratch = scratchOf(folder, group);
    const { status, stdout, stderr } = await runTerraform(scratch, [
      "providers",
      "lock",
      `-fs-mirror=${path.resolve(folder.root, "providers")}`,
      ...platforms.map((platform) => `-platform=${platform}`),
    ]);
    if (status !== 0)
      throw new CommandFailure(`${program.name} can't lock the providers.\n${(stderr || stdout).trim()}`);
    found.push(...lockedProviders(fs.readFileSync(path.join(scratch, ".terraform.lock.hcl"), "utf8")));
  }
  return found;
}

function samePlatforms(before: readonly string[], now: readonly string[]): boolean {
  return [...before].sort().join() === [...now].sort().join();
}

/** Groups in which no provider is at two versions, and no two have one local name. */
function withoutTwins(needs: readonly ProviderNeed[]): ProviderNeed[][] {
  const groups: ProviderNeed[][] = [];
  const typeOf = ({ source }: ProviderNeed) => source.slice(source.lastIndexOf("/") + 1);
  for (const need of needs) {
    const group = groups.find((each) => each.every((other) => typeOf(other) !== typeOf(need)));
    if (group === undefined) groups.push([need]);
    else group.push(need);
  }
  return groups;
}
