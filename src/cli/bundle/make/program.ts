import os from "node:os";
import { runTerraform, terraformBinary } from "../../deploy/run-terraform";
import { CommandFailure } from "../../report-error";

/** Terraform or OpenTofu, as it names itself. */
export interface Program {
  readonly name: string;
  readonly version: string;
}

/** Where each looks for what names no registry. */
const REGISTRIES: Readonly<Record<string, string>> = {
  Terraform: "registry.terraform.io",
  OpenTofu: "registry.opentofu.org",
};

/** A provider's address with the host of the program's own registry. */
export function fullAddress(source: string, { name }: Pick<Program, "name">): string {
  return source.split("/").length > 2 ? source : `${REGISTRIES[name] ?? "registry.terraform.io"}/${source}`;
}

/** @throws CommandFailure where it can't be run */
export async function programHere(): Promise<Program> {
  const { status, stdout, stderr } = await runTerraform(os.tmpdir(), ["version"]);
  const [, name, version] = /^(Terraform|OpenTofu) v(\S+)/m.exec(stdout) ?? [];
  if (status === 0 && name !== undefined && version !== undefined) return { name, version };
  throw new CommandFailure(`${terraformBinary()} version failed.\n${stderr.trim()}`);
}
