import { Keda, type KedaProps } from "../../../src/components/keda/keda";
import { kedaPorts } from "../../../src/components/keda/record";
import { kedaValues } from "../../../src/components/keda/keda-values";
import {
  moduleInputs,
  modulesOf,
  releaseValues,
  resource,
  resourcesOf,
  synthConstruct,
} from "../../support/synth";

const NOTHING = { queueArns: [], cloudWatch: false, kafka: [] };
const ORDERS = "arn:aws:sqs:us-east-1:111122223333:orders";

function synthKeda(props: Partial<KedaProps> = {}): string {
  return synthConstruct((scope) => {
    new Keda(scope, "keda", {
      chart: { repository: "https://kedacore.github.io/charts", name: "keda", version: "2.20.2" },
      clusterName: "dev-us-east-1",
      hostNetwork: false,
      reads: { ...NOTHING, queueArns: [ORDERS] },
      dependsOn: [],
      ...props,
    });
  });
}

test("the operator may read the length of the queues named, and nothing else", () => {
  const inputs = moduleInputs(synthKeda(), "keda_operator_identity");

  expect(inputs).toMatchObject({
    policy_statements: [{ actions: ["sqs:GetQueueAttributes"], resources: [ORDERS] }],
    associations: { "keda-operator": { namespace: "keda", service_account: "keda-operator" } },
  });
});

test("metrics, and the offsets of the topics and groups named, are read by statements of their own", () => {
  const cluster = "arn:aws:kafka:us-east-1:111122223333:cluster/events/1a2b";
  const reads = {
    queueArns: [],
    cloudWatch: true,
    kafka: [{ clusterArn: cluster, topics: ["orders"], groups: ["web"] }],
  };

  expect(moduleInputs(synthKeda({ reads }), "keda_operator_identity")).toMatchObject({
    policy_statements: [
      { actions: ["cloudwatch:GetMetricData"], resources: ["*"] },
      { actions: ["kafka-cluster:Connect"], resources: [cluster] },
      {
        actions: ["kafka-cluster:DescribeTopic"],
        resources: ["arn:aws:kafka:us-east-1:111122223333:topic/events/1a2b/orders"],
      },
      {
        actions: ["kafka-cluster:DescribeGroup"],
        resources: ["arn:aws:kafka:us-east-1:111122223333:group/events/1a2b/web"],
      },
    ],
  });
});

test("it starts when its identity is effective", () => {
  expect(resource(synthKeda(), "helm_release", "keda_helm_release").depends_on).toEqual([
    "time_sleep.keda_operator_association-effective",
  ]);
});

test("triggers of every namespace find the operator's role under one name, after the kinds are there", () => {
  const json = synthKeda();
  const name = "keda_keda-authentication_helm_release";

  expect(releaseValues(json, name).manifests).toEqual({
    aws: {
      apiVersion: "keda.sh/v1alpha1",
      kind: "ClusterTriggerAuthentication",
      metadata: { name: "aws" },
      spec: { podIdentity: { provider: "aws" } },
    },
  });
  expect(resource(json, "helm_release", name).depends_on).toEqual(["helm_release.keda_helm_release"]);
});

test("without queues it has no AWS role, and no authentication that would promise one", () => {
  const json = synthKeda({ reads: NOTHING });

  expect(modulesOf(json)).toEqual({});
  expect(Object.keys(resourcesOf(json, "helm_release"))).toEqual(["keda_helm_release"]);
});

describe("values", () => {
  const values = kedaValues({ hostNetwork: false });

  test("each part outlasts the loss of a node", () => {
    for (const part of ["operator", "metricsServer", "webhooks"]) {
      expect(values).toMatchObject({ [part]: { replicaCount: 2 } });
    }
    expect(values).toMatchObject({
      podDisruptionBudget: {
        operator: { maxUnavailable: 1 },
        metricServer: { maxUnavailable: 1 },
        webhooks: { maxUnavailable: 1 },
      },
      priorityClassName: "system-cluster-critical",
    });
  });

  // kedacore/charts v2.20.2, values.yaml, podIdentity.aws.irsa: a role by annotation, which Pod Identity replaces.
  test("say nothing of IRSA", () => {
    expect(values).not.toHaveProperty("podIdentity");
  });

  // kedacore/charts, README: webhooks need the host network on EKS with a CNI of one's own. There the ports 9443 and 6443
  // of several components collide on one node.
  test("with an overlay all that the control plane calls listens on the node, each on a port of its own", () => {
    const overlay = kedaValues({ hostNetwork: true });
    const { metricsApi, webhook } = kedaPorts(true);

    expect(overlay).toMatchObject({
      metricsServer: { useHostNetwork: true, dnsPolicy: "ClusterFirstWithHostNet" },
      webhooks: { useHostNetwork: true, port: String(webhook), healthProbePort: 18081 },
      service: { portHttpsTarget: metricsApi },
      prometheus: { metricServer: { port: 18080 }, webhooks: { port: 18082 } },
    });
    expect(overlay).not.toHaveProperty("operator.useHostNetwork");
    expect(new Set([metricsApi, webhook, 18080, 18081, 18082, 9443, 6443, 10250, 8080]).size).toBe(9);
  });

  test("take all three images from the mirror", () => {
    const registry = { registry: "mirror.corp/ghcr.io" };

    expect(kedaValues({ hostNetwork: false, imageMirror: "mirror.corp" })).toMatchObject({
      image: { keda: registry, metricsApiServer: registry, webhooks: registry },
    });
  });
});
