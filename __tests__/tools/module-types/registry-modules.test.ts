import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readBinding } from "../../../tools/module-types/read-binding";
import { registryModules } from "../../../tools/module-types/registry-modules";

const project = join(__dirname, "../../..");

test("reads the modules of cdktf.json in their order", () => {
  const entries = [
    { name: "vpc", source: "terraform-aws-modules/vpc/aws", version: "6.5.1" },
    { name: "eks", source: "terraform-aws-modules/eks/aws", version: "21.11.0" },
  ];

  expect(registryModules({ terraformModules: entries })).toEqual(entries);
});

test.each([
  ["terraform-aws-modules/vpc/aws@6.5.1"],
  [{ name: "vpc", source: "terraform-aws-modules/vpc/aws" }],
])("refuses the entry %j and shows the form it needs", (entry) => {
  expect(() => registryModules({ terraformModules: [entry] })).toThrow(
    `cdktf.json: terraformModules[0] is ${JSON.stringify(entry)}; write it as { "name": ..., "source": ..., "version": ... }`,
  );
});

test("finds class and properties in the bindings that cdktf get made", () => {
  const binding = readBinding(readFileSync(join(project, ".gen/modules/eks.ts"), "utf8"));

  expect(binding.className).toBe("Eks");
  expect(binding.properties.get("access_entries")).toBe("accessEntries");
  expect(binding.properties.get("service_ipv4_cidr")).toBe("serviceIpv4Cidr");
  expect(binding.properties.get("cluster_name")).toBeUndefined();
});

test("refuses a file that is not a binding", () => {
  expect(() => readBinding("export class Eks {}")).toThrow("it has no class that extends TerraformModule");
});

test("has typed inputs for every module of cdktf.json", () => {
  for (const { name, source, version } of registryModules(
    JSON.parse(readFileSync(join(project, "cdktf.json"), "utf8")),
  )) {
    const file = readFileSync(join(project, `src/modules/registry/${name}.ts`), "utf8");

    expect(file).toContain(`// Source: the variables that ${source} ${version} declares.\n`);
  }
});
