import path from "node:path";
import { joinedNames } from "../../src/model/joined-names";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Target } from "../../src/model/target";
import { nameLimits } from "../../src/facts/name-limits";
import type { Resource } from "../../src/guardrails/resource";
import { targetInventory } from "../../src/synth/guard-targets";
import { aTarget } from "../support/fixtures";
import { ENVIRONMENT, NETWORK, problemsOf } from "../support/problems";

const root = path.join(__dirname, "..", "..");
const samples = ["envs", "examples/envs"].flatMap((envs) => loadFleet(path.join(root, envs)).targets);
/** What the schema takes as cluster.name. */
const LONGEST_CLUSTER_NAME = 40;
/** An environment's name of 20, and the longest region. */
const LONGEST_WORKSPACE = 20 + "-ap-southeast-1".length;

function problems(yaml: string): string[] {
  return problemsOf({ "dev/environment.yaml": ENVIRONMENT, "dev/us-east-1.yaml": NETWORK + yaml }).map(
    (line) => line.replace(/^envs\/dev\/us-east-1.yaml:\d+:\d+ {2}/, ""),
  );
}

describe("a name that is too long when it is joined is refused where it is written", () => {
  const cluster = "cni: { kind: vpc-cni }\ncluster: { name: payments-platform-integration-euwest-blu }\n";
  const long = "payments-platform-integration-euwest-blu";

  test.each([
    [
      "a node group's role",
      `${cluster}nodes: { memory-optimized-pool: { instanceTypes: [m7i.large], size: { min: 3, max: 30 } } }`,
      `nodes.memory-optimized-pool: memory-optimized-pool  makes the IAM role ${long}-memory-optimized-pool-nodes; AWS rejects this: at most 64 characters, this is 68; shorten it or cluster.name`,
    ],
    [
      "the load balancer controller's role",
      `${cluster}ingress: {}`,
      `cluster.name: ${long}  makes the IAM role ${long}-aws-load-balancer-controller; AWS rejects this: at most 64 characters, this is 69; write a shorter name`,
    ],
    [
      "a secret store's role",
      `${cluster}secrets: { delivery: both, stores: { parameters-of-all-teams: { kind: parameter-store, paths: [dev/], namespaces: [shop] } } }`,
      `secrets.stores.parameters-of-all-teams: parameters-of-all-teams  makes the IAM role ${long}-secrets-parameters-of-all-teams; AWS rejects this: at most 64 characters, this is 72; shorten it or cluster.name`,
    ],
    [
      "a namespace's release",
      `namespaces: { a-namespace-with-a-name-of-more-than-44-chars: {} }`,
      "namespaces.a-namespace-with-a-name-of-more-than-44-chars: a-namespace-with-a-name-of-more-than-44-chars  makes the Helm release policies-a-namespace-with-a-name-of-more-than-44-chars; Helm rejects this: at most 53 characters, this is 54; write a shorter name",
    ],
    [
      "the release of the collector's policies",
      `observability: { openTelemetry: { traces: { kind: xray }, namespace: ${"o".repeat(37)} } }`,
      `observability.openTelemetry.namespace: ${"o".repeat(37)}  makes the Helm release network-policies-${"o".repeat(37)}; Helm rejects this: at most 53 characters, this is 54; write a shorter name`,
    ],
  ])("%s", (_, yaml, problem) => {
    expect(problems(yaml)).toContain(problem);
  });

  test("the collector's namespace is not measured where it has no policies", () => {
    const collector = `observability: { openTelemetry: { traces: { kind: xray }, namespace: ${"o".repeat(63)} } }\n`;

    expect(problems(`${collector}cni: { kind: vpc-cni, networkPolicy: false }\n`)).toEqual([]);
  });

  test("and all others are told with it", () => {
    expect(
      problems(
        `${cluster}ingress: {}\nkarpenter: { pools: {} }\nnodes: { memory-optimized-pool: { instanceTypes: [m7i.large], size: { min: 3, max: 30 } } }`,
      ).length,
    ).toBeGreaterThan(1);
  });
});

test("a node group named like Karpenter's nodes is refused: both would be one role", () => {
  const yaml =
    "nodes: { karpenter: { instanceTypes: [m7i.large], size: { min: 3, max: 30 } } }\n" +
    "karpenter: { pools: { general: { class: general, limits: { cpus: 20 } } } }\n";

  expect(problems(yaml)).toContainEqual(
    expect.stringContaining("makes the IAM role dev-us-east-1-karpenter-nodes, which"),
  );
});

test("two clusters of an account whose names and groups join to one role are refused", () => {
  const group = (name: string) =>
    `nodes: { ${name}: { instanceTypes: [m7i.large], size: { min: 3, max: 30 } } }\n`;
  const found = problemsOf({
    "dev/environment.yaml": ENVIRONMENT,
    "dev/us-east-1.yaml": `${NETWORK}cluster: { name: acme }\n${group("eu-batch")}`,
    "dev/us-west-2.yaml": `${NETWORK.replaceAll("us-east-1", "us-west-2").replace("10.0.", "10.1.")}cluster: { name: acme-eu }\n${group("batch")}`,
  });

  expect(found).toContainEqual(
    expect.stringContaining(
      "nodes.batch: batch  makes the IAM role acme-eu-batch-nodes, which nodes.eu-batch of dev/us-east-1 makes too; rename one of them",
    ),
  );
});

// Whoever adds a role or a release whose name is joined finds here whether config validate has to measure it.
describe("what a sample makes", () => {
  const read = new Map<Target, readonly Resource[]>();
  const resourcesOf = (target: Target) => {
    const resources = read.get(target) ?? targetInventory(target).resources;
    read.set(target, resources);
    return resources;
  };
  const named = (target: Target, type: string, attribute = "name") =>
    resourcesOf(target).flatMap((each) => {
      const name = each.type === type ? each.attributes[attribute] : undefined;
      return typeof name === "string" ? [name] : [];
    });

  test("has no role that could become too long and is not measured", () => {
    const missed = samples.flatMap((target) => {
      const measured = new Set(joinedNames(target).map(({ name }) => name));
      return named(target, "aws_iam_role").filter((name) => {
        // A network's things are named after the workspace.
        const [own, longest] = name.startsWith(target.clusterName)
          ? [target.clusterName, LONGEST_CLUSTER_NAME]
          : [target.workspace, LONGEST_WORKSPACE];
        return name.length - own.length + longest > nameLimits.iamRole && !measured.has(name);
      });
    });

    expect(missed).toEqual([]);
  });

  test("has no release that is named after a namespace and is not measured", () => {
    const missed = samples.flatMap((target) => {
      const measured = joinedNames(target).filter(({ kind }) => kind === "helmRelease");
      return named(target, "helm_release").filter((release) => {
        const { namespaces, observability } = target.config;
        const chosen = [...Object.keys(namespaces), observability?.openTelemetry?.namespace ?? []].flat();
        const namespace = chosen.find((each) => release.endsWith(`-${each}`));
        return (
          namespace !== undefined &&
          !measured.some(({ name, value }) => value === namespace && name.length >= release.length)
        );
      });
    });

    expect(missed).toEqual([]);
  });

  test("has buckets and queues that fit with the longest names", () => {
    const cluster = "c".repeat(LONGEST_CLUSTER_NAME);
    const target = aTarget(
      `cni: { kind: vpc-cni }\ncluster: { name: ${cluster} }\nbackup: {}\nkarpenter: { pools: { a: { class: general, limits: { cpus: 20 } } } }\n`,
      { environment: "e".repeat(20), region: "ap-southeast-1" },
    );

    for (const name of named(target, "aws_s3_bucket", "bucket"))
      expect(name.length).toBeLessThanOrEqual(nameLimits.bucket);
    expect(named(target, "aws_sqs_queue")).toEqual([`${cluster}-karpenter`]);
  });
});
