import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { missingProgram } from "./missing-tools";
import { kit, kitMirror } from "./offline-terraform";

export const missingGo = (): string | undefined => missingProgram("go");

/**
 * The kit's provider mirror with an AWS provider that imports: it takes what exists from the file that OCTARINE_TEST_ACCOUNT names,
 * attributes by type and import id. The kit's own refuses, because a schema knows of no account.
 */
export function importingMirror(): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-import-"));
  const source = path.join(dir, "provider");
  fs.cpSync(path.join(kit, "provider"), source, { recursive: true });
  const unsupported = path.join(source, "unsupported.go");
  const text = fs.readFileSync(unsupported, "utf8");
  fs.chmodSync(unsupported, 0o644);
  fs.chmodSync(source, 0o755);
  fs.writeFileSync(unsupported, text.replace(/func \(s \*server\) ImportResourceState[\s\S]*?\n}\n/, ""));
  fs.copyFileSync(path.join(__dirname, "import-provider", "import.go"), path.join(source, "import.go"));
  const binary = path.join(dir, "provider.bin");
  const built = spawnSync("go", ["build", "-trimpath", "-o", binary, "."], {
    cwd: source,
    encoding: "utf8",
    env: { ...process.env, CGO_ENABLED: "0" },
  });
  if (built.status !== 0) throw new Error(built.stderr);
  const mirror = path.join(dir, "mirror");
  fs.cpSync(kitMirror(), mirror, { recursive: true });
  for (const file of fs.readdirSync(mirror, { recursive: true, encoding: "utf8" })) {
    if (!path.basename(file).startsWith("terraform-provider-aws_")) continue;
    fs.rmSync(path.join(mirror, file));
    fs.copyFileSync(binary, path.join(mirror, file));
  }
  return mirror;
}

/**
 * A folder of modules in which the VPC module makes a VPC and takes over what comes with it, under the addresses of
 * terraform-aws-modules/vpc 6.5.1 (main.tf). The kit's is an interface only.
 */
export function vpcModule(): string {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-modules-"));
  const own = path.join("terraform-aws-modules", "vpc", "aws");
  const [version = ""] = fs.readdirSync(path.join(kit, "modules", own));
  const folder = path.join(dir, own, version);
  fs.cpSync(path.join(kit, "modules", own, version), folder, { recursive: true });
  const outputs = path.join(folder, "outputs.tf.json");
  fs.chmodSync(outputs, 0o644);
  fs.chmodSync(folder, 0o755);
  const read = JSON.parse(fs.readFileSync(outputs, "utf8")) as { output: Record<string, { value: string }> };
  read.output.vpc_id = { value: "${aws_vpc.this[0].id}" };
  fs.writeFileSync(outputs, JSON.stringify(read));
  const tagged = { tags: { Name: "${var.name}" } };
  fs.writeFileSync(
    path.join(folder, "main.tf.json"),
    JSON.stringify({
      resource: {
        aws_vpc: { this: { count: 1, cidr_block: "${var.cidr}", enable_dns_hostnames: true, ...tagged } },
        aws_default_security_group: { this: { count: 1, vpc_id: "${aws_vpc.this[0].id}", ...tagged } },
        aws_default_route_table: {
          default: {
            count: 1,
            default_route_table_id: "${aws_vpc.this[0].default_route_table_id}",
            ...tagged,
          },
        },
        aws_default_network_acl: {
          this: { count: 1, default_network_acl_id: "${aws_vpc.this[0].default_network_acl_id}", ...tagged },
        },
      },
    }),
  );
  return dir;
}
