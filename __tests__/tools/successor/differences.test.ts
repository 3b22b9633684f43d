import { differences } from "../../../tools/successor/differences";
import { aFolder } from "../../support/fixtures";

const STACK = "stacks/dev-network/cdk.tf.json";
const stack = (version: string, resource: string) =>
  `{ "//": { "metadata": { "version": "${version}" } }, "resource": ${resource} }`;
const before = () => aFolder({ [STACK]: stack("0.21.0", '{ "tags": [\n ] }') });

test("the framework's version and how an empty list is written are no difference", () => {
  const after = aFolder({ [STACK]: stack("0.24.0", '{ "tags": [] }') });

  expect(differences(before(), after)).toEqual([]);
});

test("what Octarine keeps for itself, in whichever folder below, is no difference", () => {
  const kept = "envs/.octarine/runs/a.json";

  expect(differences(aFolder({ [kept]: "1" }), aFolder({ [kept]: "2" }))).toEqual([]);
});

test.each<[string, Record<string, string>, string[]]>([
  ["a value", { [STACK]: stack("0.24.0", '{ "tags": [1] }') }, [`${STACK}: differs`]],
  [
    "a version elsewhere",
    { [STACK]: stack("0.24.0", '{ "tags": [], "version": "0.24.0" }') },
    [`${STACK}: differs`],
  ],
  ["a stack that is gone", {}, [`${STACK}: only on cdktf`]],
  [
    "a file that was not there",
    { [STACK]: stack("0.24.0", '{ "tags": [] }'), "stacks/a.yaml": "" },
    ["stacks/a.yaml: only on the successor"],
  ],
])("%s is a difference", (_name, files, expected) => {
  expect(differences(before(), aFolder(files))).toEqual(expected);
});
