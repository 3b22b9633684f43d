import fs from "node:fs";
import path from "node:path";
import { projectFiles } from "../../src/scaffold/project-files";
import { targetFiles } from "../../src/scaffold/target-files";
import { aFolder } from "../support/fixtures";
import { describeUnless } from "../support/missing-tools";
import { root } from "../support/pages";
import { missingYamlServer, YamlServer } from "../support/yaml-language-server";

const choices = {
  account: "111122223333",
  environment: "dev",
  regions: ["us-east-1"],
  cni: "cilium-eni",
  egress: "nat-per-zone",
  size: "small",
} as const;

const begun = { ...targetFiles(choices, "2026.11", "2027-05-30"), ...projectFiles(choices) };
const TARGET = "envs/dev/us-east-1.yaml";

/** A repository as init writes it, with the package's schemas where npm puts them. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = aFolder(files);
  fs.cpSync(path.join(root, "schema"), path.join(folder, "node_modules/octarine/schema"), {
    recursive: true,
  });
  return folder;
}

/** The server of an editor, which is ended whatever happens. */
async function withServer(
  files: Readonly<Record<string, string>>,
  schemas: Readonly<Record<string, unknown>>,
  work: (server: YamlServer) => Promise<void>,
): Promise<void> {
  const server = await YamlServer.start(repository(files), schemas);
  try {
    await work(server);
  } finally {
    server.stop();
  }
}

describeUnless(missingYamlServer(), "VS Code's YAML server in a repository that init began", () => {
  test("finds nothing wrong with its files, by the line at their head alone", async () => {
    await withServer(begun, {}, async (server) => {
      for (const file of Object.keys(begun).filter((name) => name.endsWith(".yaml")))
        expect([file, await server.problems(file)]).toEqual([file, []]);
    });
  });

  test("marks a key that there is not, in a file of a target and in one of a service", async () => {
    const settings = JSON.parse(begun[".vscode/settings.json"] ?? "") as Record<string, object>;
    const service = "envs/dev/workloads/orders.yaml";
    // Without a line at the head: by the settings that init wrote.
    const files = { [TARGET]: "network: { egres: { kind: none } }\n", [service]: "imag: a\n" };
    await withServer(files, { ...settings["yaml.schemas"] }, async (server) => {
      expect(await server.problems(TARGET)).toEqual(["Property egres is not allowed."]);
      expect(await server.problems(service)).toEqual(["Property imag is not allowed."]);
    });
  });

  test("shows what a key means, what it needs, and each of its values", async () => {
    const text = `${begun[TARGET] ?? ""}`.replace(
      "{ kind: cilium-eni }",
      "{ kind: cilium-eni, encryption: none }",
    );
    await withServer({ ...begun, [TARGET]: text }, {}, async (server) => {
      await server.problems(TARGET);

      expect(await server.hover(TARGET, "vpcCidr")).toMatch(
        /^IPv4 range of the VPC, .+\n\nRequired\.\n\nExample:\n\n```yaml\n10\.0\.0\.0\/16/,
      );
      expect(await server.hover(TARGET, "encryption")).toMatch(
        /^Encryption of traffic between nodes\.\n\nDefault: none\.\n\nAllowed Values:\n\n\* `none`: Only .+\n\* `wireguard`: Cilium's /,
      );
    });
  });

  test("offers keys with their meaning, and whole entries with all that they need", async () => {
    const files = { ...begun, [TARGET]: `${begun[TARGET] ?? ""}mesh:\n  \nkarpenter: { pools: {} }\n` };
    await withServer(files, {}, async (server) => {
      await server.problems(TARGET);
      const offers = await server.offered(TARGET, "mesh:\n  ");

      const offer = offers.find(({ label }) => label === "trustDomain");
      expect(JSON.stringify(offer)).toMatch(
        /"Root of workload identities: spiffe:\/\/\\\\<.+\\n\\nRequired\."/,
      );
      expect(offers.find(({ label }) => label === "istio")?.insertText).toBe(
        "kind: istio\nid: ${1:id}\ntrustDomain: ${2:prod.acme.internal}",
      );
    });
  });
});
