import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { downloadModule } from "../../../tools/module-types/download-module";

const eks = { name: "eks", source: "terraform-aws-modules/eks/aws", version: "21.11.0" };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "download-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A stand-in for the terraform command, which is not everywhere that tests run. */
function terraform(script: string): string {
  const path = join(folder, "terraform");
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

test("finds the module's folder in the manifest that terraform get writes", () => {
  const command = terraform(`
    [ "$1" = get ] && grep -q '"version": "21.11.0"' main.tf.json || exit 9
    mkdir -p .terraform/modules
    echo '{"Modules":[{"Key":"","Dir":"."},{"Key":"eks","Dir":".terraform/modules/eks"},{"Key":"eks.kms","Dir":"x"}]}' \\
      > .terraform/modules/modules.json`);

  expect(downloadModule(eks, folder, command)).toBe(join(folder, "eks/.terraform/modules/eks"));
});

test("says that terraform is missing", () => {
  expect(() => downloadModule(eks, folder, "no-such-terraform")).toThrow(
    '"no-such-terraform" was not found on the PATH: install Terraform, which downloads the modules',
  );
});

test("names the module that the registry does not have, on one line, and the way offline", () => {
  const command = terraform(`cat >&2 <<'END'

Error: Module not found

  on main.tf.json line 3, in module:
   3:     "eks": {

Module "eks" (from main.tf.json:3) cannot be found in the module registry
at registry.example.


Error: Something else
END
exit 1`);

  expect(() => downloadModule(eks, folder, command)).toThrow(
    /^module "eks" \(terraform-aws-modules\/eks\/aws 21\.11\.0\) cannot be downloaded: Module not found\. Module "eks" \(from main\.tf\.json:3\) cannot be found in the module registry at registry\.example\. Without access .* let TF_CLI_CONFIG_FILE name .* offline module registry\.$/,
  );
});

test("does not trust a manifest without the module", () => {
  const command = terraform("mkdir -p .terraform/modules; echo '{}' > .terraform/modules/modules.json");

  expect(() => downloadModule(eks, folder, command)).toThrow('module "eks"');
});
