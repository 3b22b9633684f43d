import { spawnSync } from "node:child_process";
import type { Manifest } from "../../src/modules/manifest";
import { askCluster } from "../../src/cli/diagnose/ask-cluster";
import { diagnose } from "../../src/diagnose/diagnose";
import type { TargetFacts } from "../../src/diagnose/world";
import type { Live } from "../../src/live/question";
import { tools } from "../../src/live/tools";
import { describeOnCluster, type OfflineCluster } from "../support/offline-cluster";

const NAMESPACE = "shop";
const target: TargetFacts = {
  name: "dev/us-east-1",
  clusterName: "dev-us-east-1",
  cni: "cilium-eni",
  cilium: true,
  identities: [],
};

const deployment = (name: string, spec: object = {}, { replicas = 1, cpu = "10m" } = {}): Manifest => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name, namespace: NAMESPACE },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [{ name, image: "example.com/x:1", resources: { requests: { cpu } } }],
        tolerations: [{ key: "dedicated", operator: "Exists" }],
        ...spec,
      },
    },
  },
});
const service = (selector: string): Manifest => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "front", namespace: NAMESPACE },
  spec: { selector: { app: selector }, ports: [{ port: 80 }] },
});

function kubectl(cluster: OfflineCluster, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync("kubectl", ["--kubeconfig", cluster.kubeconfig, ...args], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}

/** There is no account behind it. */
function withoutAccount({ kubeconfig }: OfflineCluster): Live {
  const live = tools({ kubeconfig });
  return {
    ask: (question) =>
      question.tool === "aws" ? Promise.resolve({ is: "missing", why: "no account" }) : live.ask(question),
  };
}

describeOnCluster("octarine diagnose on a real API server and its scheduler", (cluster) => {
  /** Causes that no other explains, surely or likely. */
  const causes = async (): Promise<readonly string[]> => {
    const { collected } = await askCluster(withoutAccount(cluster()), target, undefined);
    return diagnose(collected, target).findings.flatMap(({ cause, certainty, follows }) =>
      follows === undefined && certainty !== "possible" ? cause : [],
    );
  };
  const soon = async (cause: string): Promise<readonly string[]> => {
    let found = await causes();
    for (let attempt = 0; attempt < 10 && !found.includes(cause); attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      found = await causes();
    }
    return found;
  };

  beforeAll(async () => {
    await cluster().makeNamespaces([NAMESPACE], {});
    await cluster().must(deployment("front", {}, { replicas: 2 }));
    await cluster().must(service("front"));
    kubectl(cluster(), "rollout", "status", "deployment/front", "-n", NAMESPACE, "--timeout=60s");
  }, 90_000);

  test("names nothing where all pods run", async () => {
    expect(await causes()).toEqual([]);
  }, 60_000);

  test.each<[string, string, (on: OfflineCluster) => void | Promise<void>, () => Manifest | undefined]>([
    [
      "placement-unmet",
      "no node has the label",
      (on) => on.must(deployment("labelled", { nodeSelector: { disk: "nvme" } })),
      () => deployment("labelled"),
    ],
    [
      "requests-too-large",
      "no node is as large",
      (on) => on.must(deployment("huge", {}, { cpu: "100" })),
      () => deployment("huge"),
    ],
    [
      "volume-zone",
      "the volume is in a zone without nodes",
      async (on) => {
        for (const each of volume()) await on.must(each);
        await on.must(
          deployment("zoned", { volumes: [{ name: "d", persistentVolumeClaim: { claimName: "data" } }] }),
        );
      },
      () => deployment("zoned"),
    ],
    [
      "quota-reached",
      "the quota of the namespace is used up",
      async (on) => {
        await on.must({
          apiVersion: "v1",
          kind: "ResourceQuota",
          metadata: { name: "small", namespace: NAMESPACE },
          spec: { hard: { pods: "2" } },
        });
        await on.must(deployment("many"));
      },
      () => deployment("many"),
    ],
    [
      "no-tolerated-node",
      "every node is tainted",
      async (on) => {
        kubectl(on, "delete", "resourcequota", "small", "-n", NAMESPACE);
        kubectl(on, "taint", "nodes", "--all", "dedicated=infra:NoSchedule");
        await on.must(deployment("plain", { tolerations: [] }));
      },
      () => deployment("plain", { tolerations: [] }),
    ],
  ])(
    "names %s where %s",
    async (cause, _what, harm, made) => {
      await harm(cluster());

      expect(await soon(cause)).toEqual([cause]);

      const { kind = "", metadata } = made() ?? deployment("front");
      kubectl(cluster(), "delete", kind, metadata.name, "-n", NAMESPACE, "--wait=true");
    },
    90_000,
  );
});

/** A volume bound to a claim, in a zone of its own. */
function volume(): Manifest[] {
  return [
    {
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name: "elsewhere" },
      spec: {
        capacity: { storage: "1Gi" },
        accessModes: ["ReadWriteOnce"],
        storageClassName: "none",
        csi: { driver: "ebs.csi.aws.com", volumeHandle: "vol-1" },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: "topology.kubernetes.io/zone", operator: "In", values: ["us-east-1f"] },
                ],
              },
            ],
          },
        },
      },
    },
    {
      apiVersion: "v1",
      kind: "PersistentVolumeClaim",
      metadata: { name: "data", namespace: NAMESPACE },
      spec: {
        accessModes: ["ReadWriteOnce"],
        storageClassName: "none",
        volumeName: "elsewhere",
        resources: { requests: { storage: "1Gi" } },
      },
    },
  ];
}
