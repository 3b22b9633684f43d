import type { TargetConfig } from "../../src/config/schema/target";
import { loadBalancerOf } from "../../src/model/load-balanced";
import type { Target } from "../../src/model/target";
import { evaluate } from "../../src/guardrails/evaluate";
import { type AwsPlace, byType, type Inventory, ofType, type Resource } from "../../src/guardrails/resource";
import { stacksBefore } from "../../src/guardrails/rules/node-order";
import { clusterObjectRules } from "../../src/guardrails/rules/cluster-objects";
import { policyRules } from "../../src/guardrails/rules/policies";
import { runningIdentities } from "../../src/permissions/needs/identities";
import { targetInventory } from "../../src/synth/guard-targets";
import { accountsNamed } from "../../src/synth/prove-target";
import { aTarget } from "../support/fixtures";

const nowhere: AwsPlace = { partition: "aws", account: "", region: "", target: "" };

/** Resources that count how often somebody reads what they are of. */
function counted(count: number): { readonly inventory: Inventory; readonly reads: () => number } {
  let reads = 0;
  const resources = Array.from({ length: count }, (_, index): Resource => {
    const resource = {
      address: `aws_vpc.v${index}`,
      stack: "dev-network",
      source: "input",
      attributes: {},
    } as const;
    return Object.defineProperty({ ...resource, type: "" }, "type", {
      get: () => {
        reads++;
        return index % 2 === 0 ? "aws_vpc" : "aws_subnet";
      },
    });
  });
  return { inventory: { resources, complete: true, production: false }, reads: () => reads };
}

describe("what is asked for each resource or target costs no more for each where there are more of them", () => {
  test.each([100, 200])("resources of a type, asked for each of %i", (count) => {
    const { inventory, reads } = counted(count);

    inventory.resources.forEach(() => ofType(inventory, "aws_vpc"));
    stacksBefore("dev-network", inventory);

    expect(reads()).toBe(count);
    expect(byType(inventory.resources)).toBe(byType(inventory.resources));
  });

  test.each([100, 200])("statements of a policy by their ids, for each of %i", (count) => {
    let reads = 0;
    const resources = Array.from({ length: count }, (_, index): Resource => {
      const attributes = { sid: `Statement${index}`, holder: "identity", effect: "Allow" };
      const statement = {
        type: "policy-statement",
        stack: "dev-cluster",
        source: "input",
        attributes,
      } as const;
      return Object.defineProperty({ ...statement, address: "" }, "address", {
        get: () => (reads++, `aws_iam_policy.all#${index}`),
      });
    });

    const found = evaluate(
      { resources, complete: true, production: false },
      policyRules.filter(({ id }) => id === "POLICY-SID"),
    );

    expect(found).toEqual([]);
    expect(reads).toBeLessThanOrEqual(4 * count);
  });

  test.each([100, 200])("policies of each of %i namespaces, for its default deny", (count) => {
    let reads = 0;
    const of = (type: string, index: number, attributes: Resource["attributes"]): Resource => ({
      type,
      stack: "dev-policies",
      source: "input",
      address: `helm_release.n${index}#${type}`,
      attributes,
    });
    const resources = Array.from({ length: count }, (_, index) => [
      of("k8s:Namespace", index, { metadata: { name: `n${index}` } }),
      of(
        "k8s:NetworkPolicy",
        index,
        Object.defineProperty({ metadata: { name: "all", namespace: `n${index}` }, spec: {} }, "spec", {
          get: () => (reads++, { podSelector: {}, policyTypes: ["Ingress"] }),
        }),
      ),
    ]).flat();
    const found = (without: number) =>
      evaluate(
        { resources: resources.slice(0, resources.length - without), complete: true, production: false },
        clusterObjectRules.filter(({ id }) => id === "K8S-DEFAULT-DENY"),
      );

    expect(found(0)).toEqual([]);
    expect(reads).toBe(count);
    expect(found(1)).toHaveLength(1);
  });

  test.each([100, 200])("routes of services, for the load balancer of each of %i", (count) => {
    let reads = 0;
    const names = Array.from({ length: count }, (_, index) => `svc${index}`);
    const workloads = names.map((name) => {
      const traffic = { routes: [], ingress: { class: "alb" } };
      const workload = { namespace: "shop", ...(name === "svc7" && { traffic }) };
      return [
        name,
        Object.defineProperty({ traffic: undefined, ...workload }, "traffic", {
          get: () => (reads++, name === "svc7" ? traffic : undefined),
        }),
      ] as const;
    });
    const config = {
      cni: { kind: "vpc-cni" },
      traffic: { api: "alb-ingress" },
      workloads: Object.fromEntries(workloads),
    } as unknown as TargetConfig;

    const balanced = names.filter((name) => loadBalancerOf(name, { namespace: "shop" }, config) === "alb");

    expect(balanced).toEqual(["svc7"]);
    expect(reads).toBeLessThanOrEqual(2 * count);
  });

  test("a target's running identities are read once, whoever asks for them", () => {
    const { resources, place = nowhere } = targetInventory(aTarget());
    const stacks = { resources, place };

    expect(runningIdentities(stacks)).toBe(runningIdentities({ ...stacks }));
    expect(runningIdentities({ ...stacks, place: { ...stacks.place } })).not.toBe(runningIdentities(stacks));
    expect(runningIdentities({ ...stacks, resources: [] })).toEqual([]);
  });

  test.each([10, 20])("accounts that the configs of %i targets name, asked for each of them", (count) => {
    let read = 0;
    const targets = Array.from({ length: count }, (_, index) => {
      const config = { toJSON: () => (read++, { id: `${100000000000 + index}` }) };
      return { config, region: "us-east-1" } as unknown as Target;
    });

    targets.forEach(() => accountsNamed(targets));

    expect(read).toBe(count);
    expect(accountsNamed(targets).has("100000000003")).toBe(true);
  });
});
