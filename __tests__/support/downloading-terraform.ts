import fs from "node:fs";
import path from "node:path";
import { aFolder } from "./fixtures";

/** As much of Terraform as a bundle asks of it, without a registry: what it "downloads" is made up. */
const SCRIPT = `#!/usr/bin/env node
const fs = require("node:fs");
const path = require("node:path");
const args = process.argv.slice(2);
fs.appendFileSync(path.join(__dirname, "asked"), args.join(" ") + "\\n");
const refused = path.join(__dirname, args.slice(0, 2).join("-") + ".refused");
if (fs.existsSync(refused)) {
  console.error(fs.readFileSync(refused, "utf8"));
  process.exit(1);
}
const json = fs.existsSync("main.tf.json") ? JSON.parse(fs.readFileSync("main.tf.json", "utf8")) : {};
const providers = Object.values((json.terraform || {}).required_providers || {});
const write = (file, text) => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};
const [command, sub] = args;
if (command === "version") console.log("Terraform v1.11.4\\non linux_amd64");
if (command === "get") {
  const calls = Object.entries(json.module);
  const records = calls.map(([Key, { source, version }]) => ({
    Key, Source: "registry.terraform.io/" + source, Version: version, Dir: ".terraform/modules/" + Key,
  }));
  for (const { Key, Source } of records) {
    write(".terraform/modules/" + Key + "/main.tf", "# " + Source + "\\n");
    write(".terraform/modules/" + Key + "/.git/config", String(Math.random()));
  }
  write(".terraform/modules/modules.json", JSON.stringify({ Modules: [{ Key: "", Source: "", Dir: "." }, ...records] }));
}
if (command === "providers" && sub === undefined) {
  console.log("├── provider[registry.terraform.io/hashicorp/aws] >= 6.0.0");
  const more = path.join(__dirname, "asks-for");
  if (fs.existsSync(more)) console.log("├── provider[" + fs.readFileSync(more, "utf8") + "]");
}
if (sub === "mirror") {
  const platform = args[2].split("=")[1];
  for (const { source, version } of providers) {
    const type = source.split("/")[1];
    write(path.join(args[3], "registry.terraform.io", source, "terraform-provider-" + type + "_" + version + "_" + platform + ".zip"), type + version + platform);
  }
}
if (sub === "lock") {
  const block = ({ source, version }) => 'provider "registry.terraform.io/' + source + '" {\\n  version = "' + version + '"\\n  hashes = [\\n    "h1:aGFzaA==",\\n  ]\\n}\\n';
  write(".terraform.lock.hcl", providers.map(block).join("\\n"));
}
`;

/** In place of Terraform, for this file of tests. */
export class DownloadingTerraform {
  private readonly folder = aFolder({ terraform: SCRIPT });

  constructor() {
    const binary = path.join(this.folder, "terraform");
    fs.chmodSync(binary, 0o755);
    process.env.TERRAFORM_BINARY_NAME = binary;
  }

  /** Commands since the last time that this was asked. */
  asked(): string[] {
    const file = path.join(this.folder, "asked");
    const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim().split("\n") : [];
    fs.rmSync(file, { force: true });
    return lines;
  }

  /** A command such as `providers-mirror` fails from now on, and says why; undefined: it no longer does. */
  refuses(command: string, why: string | undefined): void {
    const file = path.join(this.folder, `${command}.refused`);
    if (why === undefined) fs.rmSync(file, { force: true });
    else fs.writeFileSync(file, why);
  }

  /** Its modules ask for one more provider. */
  asksFor(provider: string | undefined): void {
    const file = path.join(this.folder, "asks-for");
    if (provider === undefined) fs.rmSync(file, { force: true });
    else fs.writeFileSync(file, provider);
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true });
  }
}
