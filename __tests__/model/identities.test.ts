import { loadFleet } from "../../src/fleet/load-fleet";
import type { Target } from "../../src/model/target";
import { aTarget } from "../support/fixtures";
import { synthTarget } from "../support/synth";

/** Names of the roles in a target's stacks: of resources, and as the registry's modules are given them. */
function rolesMade(target: Target): string[] {
  return Object.values(synthTarget(target)).flatMap((json) => {
    const { resource = {}, module = {} } = JSON.parse(json) as {
      resource?: Record<string, Record<string, { name: string }>>;
      module?: Record<string, Record<string, string>>;
    };
    return [
      ...Object.values(resource.aws_iam_role ?? {}).map(({ name }) => name),
      ...Object.values(module).flatMap(({ source, name, iam_role_name, node_iam_role_name }) =>
        [source?.includes("eks-pod-identity") ? name : undefined, iam_role_name, node_iam_role_name].filter(
          (each) => each !== undefined,
        ),
      ),
    ];
  });
}

const rolesOf = ({ identities }: Pick<Target, "identities">) => identities.map(({ role }) => role);

describe("the roles of a target are those that its stacks make", () => {
  const targets = ["envs", "examples/envs"].flatMap((folder) => loadFleet(folder).targets);

  test.each(targets.map((target) => [target.name, target] as const))("%s", (_name, target) => {
    expect(rolesOf(target)).toEqual(rolesMade(target).sort());
  });

  test.each([
    ["without more", ""],
    ["KEDA without queues", "keda: {}"],
    ["secrets as files", "secrets: { delivery: csi }"],
  ])("%s", (_name, yaml) => {
    const target = aTarget(yaml);
    expect(rolesOf(target)).toEqual(rolesMade(target).sort());
  });
});

test("a role says whose it is and where that is declared", () => {
  const { identities } = aTarget("keda: { queues: [orders] }");

  expect(identities.find(({ name }) => name === "keda")).toMatchObject({
    holder: "component",
    stack: "autoscaling",
    path: ["keda"],
  });
});
