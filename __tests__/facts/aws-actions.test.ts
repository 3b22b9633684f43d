import fs from "node:fs";
import path from "node:path";
import { actionNames, iamAction, isKnownService } from "../../src/facts/iam-actions";
import { NO_RESOURCE } from "../../src/guardrails/rules/resource-level";

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

function isNamed(name: string): boolean {
  const [service = "", action = ""] = name.split(":");
  const pattern = new RegExp(`^${action.replaceAll("*", ".*")}$`, "i");
  const actions = [...actionNames(service).values()].map((each) => iamAction(`${service}:${each}`));
  const keys = actions.flatMap((each) => [
    ...(each?.keys ?? []),
    ...(each?.resources ?? []).flatMap((resource) => resource.keys),
  ]);
  return (
    actions.some((each) => each !== undefined && pattern.test(each.name.slice(service.length + 1))) ||
    keys.some((key) => key.split("/")[0]?.toLowerCase() === name.toLowerCase())
  );
}

/** What the reference lists elsewhere: an action that stands for itself, and keys that every role of an instance carries. */
const ELSEWHERE = ["vpce:AllowMultiRegion", "ec2:SourceInstanceARN", "ec2:RoleDelivery"];

// facts/iam-actions has the service authorization reference of AWS for every service that the platform calls.
test("every action and condition key that the sources name is one of AWS's", () => {
  const names = namesInSources();

  expect(names.size).toBeGreaterThan(300);
  const unknown = [...names].filter(([name]) => !ELSEWHERE.includes(name) && !isNamed(name));
  expect(unknown.map(([name, file]) => `${file}: ${name}`)).toEqual([]);
});

test.each(NO_RESOURCE.filter((name) => !name.endsWith("*") && isKnownService(name.split(":")[0] ?? "")))(
  "%s, which * alone is right for, takes no kind of resource",
  (name) => {
    expect(iamAction(name)?.resources.filter(({ required }) => required)).toEqual([]);
  },
);
