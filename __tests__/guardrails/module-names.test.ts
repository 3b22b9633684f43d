import { parsePlan } from "../../src/terraform-plan/plan-document";
import fs from "node:fs";
import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import { nameRules } from "../../src/facts/aws-names";
import { expandModule } from "../../src/guardrails/read/expand-module";
import { readPlan } from "../../src/guardrails/read/read-plan";
import type { Resource } from "../../src/guardrails/resource";
import { targetInventory } from "../../src/synth/guard-targets";
import { testUnless } from "../support/missing-tools";

const root = path.join(__dirname, "..", "..");

function namesMade(source: string, inputs: object): Record<string, unknown> {
  const call = { type: "module", address: "module.m", stack: "s", source: "input" as const };
  const made = expandModule({ ...call, attributes: { source, ...inputs } });
  return Object.fromEntries(made.flatMap((each) => nameOf(each).map((name) => [each.address, name])));
}

/** What a resource is named, and by what prefix; a plan knows both after the first apply. */
function nameOf({ type, attributes }: Resource): unknown[] {
  const attribute = nameRules[type]?.attribute;
  if (attribute === undefined) return [];
  return [attributes[`${attribute}_prefix`], attributes[attribute]].filter(
    (each) => typeof each === "string",
  );
}

// terraform-aws-modules/eks-pod-identity 2.6.0: main.tf, aws_ebs_csi.tf, aws_lb_controller.tf, external_dns.tf.
test("eks-pod-identity names its ready-made policies by a prefix of their own", () => {
  const made = namesMade("terraform-aws-modules/eks-pod-identity/aws", {
    name: "dev-ebs-csi",
    use_name_prefix: "false",
    attach_aws_ebs_csi_policy: true,
    attach_aws_lb_controller_policy: true,
    attach_external_dns_policy: true,
    external_dns_policy_name: "dev-dns",
  });

  expect(made).toEqual({
    "module.m.aws_iam_role.this[0]": "dev-ebs-csi",
    "module.m.aws_iam_policy.ebs_csi[0]": "AmazonEKS_EBS_CSI",
    "module.m.aws_iam_policy.lb_controller[0]": "AmazonEKS_LoadBalancerController",
    "module.m.aws_iam_policy.external_dns[0]": "dev-dns",
  });
});

// terraform-aws-modules/eks 21.11.0: main.tf, node_groups.tf.
test("eks names its IPv6 policy the same in every cluster", () => {
  const made = namesMade("terraform-aws-modules/eks/aws", { name: "dev", create_cni_ipv6_iam_policy: true });

  expect(made["module.m.aws_iam_policy.cni_ipv6_policy[0]"]).toBe("AmazonEKS_CNI_IPv6_Policy");
  expect(made["module.m.aws_iam_role.this[0]"]).toBe("dev-cluster-");
});

/** Known after the first apply: the issuer is EKS's, and an entry is named by a role. */
const NAMED_BY_AWS = ["aws_iam_openid_connect_provider", "aws_eks_access_entry"];

/** A folder with `<stack>/plan.json` of the sample targets, planned with the registry modules themselves. */
const plans = process.env.OCTARINE_PLANS ?? "";

testUnless(
  fs.existsSync(plans)
    ? undefined
    : "there are no plans with the registry modules (OCTARINE_PLANS names a folder)",
  "names read from a module's inputs are those of the plan",
  () => {
    const targets = ["envs", "examples/envs"].flatMap((envs) => loadFleet(path.join(root, envs)).targets);
    let compared = 0;
    for (const target of targets) {
      const inputs = targetInventory(target).resources;
      for (const stack of new Set(inputs.map((each) => each.stack))) {
        const file = path.join(plans, stack, "plan.json");
        if (!fs.existsSync(file)) continue;
        const planned = readPlan(parsePlan(fs.readFileSync(file, "utf8"), file), stack);
        const plannedNames = new Map(planned.map((each) => [each.address, nameOf(each)]));
        for (const each of inputs.filter((input) => input.stack === stack && nameOf(input).length > 0)) {
          expect(plannedNames.get(each.address) ?? [each.address]).toEqual(
            expect.arrayContaining(nameOf(each)),
          );
          compared++;
        }
        // What only the plan shows, the inputs should have told.
        const told = new Set(inputs.filter((input) => input.stack === stack).map(({ address }) => address));
        const missed = planned.filter(
          (each) => !NAMED_BY_AWS.includes(each.type) && nameOf(each).length > 0 && !told.has(each.address),
        );
        expect(missed.map(({ address }) => `${stack}/${address}`)).toEqual([]);
      }
    }
    expect(compared).toBeGreaterThan(100);
    return Promise.resolve();
  },
  300_000,
);
