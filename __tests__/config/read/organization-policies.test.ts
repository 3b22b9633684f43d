import { loadFleet } from "../../../src/fleet/load-fleet";
import { ConfigError } from "../../../src/config/read/problem";
import { aFolder, BASE_YAML } from "../../support/fixtures";

const deny = { Effect: "Deny", Action: "ec2:CreateVolume", Resource: "*" };

/** A folder whose environment names a policy with this text. */
function folder(text: string | undefined, levels = "[{ level: root, files: [../../scps/a.json] }]"): string {
  const account = `account: { id: "111122223333", scps: ${levels} }`;
  return aFolder({
    "envs/dev/us-east-1.yaml": BASE_YAML.replace(/account: .*/, ""),
    "envs/dev/environment.yaml": `tags: { owner: platform }\n${account}\n`,
    ...(text !== undefined && { "scps/a.json": text }),
  });
}

function problems(text: string | undefined, levels?: string): string[] {
  try {
    loadFleet(`${folder(text, levels)}/envs`);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(
      ({ file, line, path, message }) => `${file.split("/").at(-1)}:${line} ${path} ${message}`,
    );
  }
}

// Organizations User Guide, "SCP syntax" and "Quotas and service limits".
test.each<readonly [string, string | undefined, RegExp]>([
  ["is not there", undefined, /does not exist; write the path relative to the file that names it/],
  ["holds no JSON", "{", /does not hold JSON/],
  ["is of another kind", JSON.stringify({ kind: "policy" }), /does not hold a service control policy/],
  ["names principals", JSON.stringify({ Statement: [{ ...deny, Principal: "*" }] }), /and has no Principal/],
  [
    "has no action",
    JSON.stringify({ Statement: [{ Effect: "Deny", Resource: "*" }] }),
    /Action or NotAction/,
  ],
  [
    "is too long",
    JSON.stringify({
      Statement: [{ ...deny, Action: Array.from({ length: 300 }, (_, at) => `ec2:CreateVolume${at}`) }],
    }),
    /has 6\d{3} characters without spaces, and AWS takes at most 5120; split the policy/,
  ],
])("a service control policy that %s is one problem, at the line that names it", (_, text, message) => {
  const found = problems(text);

  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^environment\.yaml:2 account\.scps\[0\]\.files\[0\] /);
  expect(found[0]).toMatch(message);
});

test("service control policies are read beside the file that names them, by level, one statement or several", () => {
  const [target] = loadFleet(`${folder(JSON.stringify({ Statement: deny }))}/envs`).targets;

  expect(target?.scps).toEqual([
    { name: "root", policies: [{ file: "../../scps/a.json", document: { Statement: deny } }] },
  ]);
});

test("a path outside of the project is refused", () => {
  expect(problems("{}", "[{ level: root, files: [/etc/a.json] }]")).toEqual([
    expect.stringMatching(/write the path of a \.json file, relative to this file$/),
  ]);
});
