import { spawnSync } from "node:child_process";
import type { Manifest } from "../../src/modules/manifest";
import { tools } from "../../src/live/tools";
import { present } from "../../src/text/errors";
import type { Outcome } from "../../src/verify/live-check";
import { liveChecks } from "../../src/verify/live-checks";
import { runChecks } from "../../src/verify/run-checks";
import { probeQuestion } from "../../src/verify/traffic/probe-pod";
import { aTarget } from "../support/fixtures";
import { describeOnCluster, type OfflineCluster } from "../support/offline-cluster";

const SYSTEM = "kube-system";
const target = aTarget(
  "cni: { kind: cilium-eni, prefixDelegation: true }\ngitops: { repo: https://github.com/acme/fleet.git }\nbackup: {}\n" +
    "secrets: { stores: { app: { kind: parameter-store, paths: [dev/], namespaces: [payments] } } }\nmesh: { kind: istio, id: a, trustDomain: a.internal }",
);

const pods = (name: string) => ({
  selector: { matchLabels: { app: name } },
  template: {
    metadata: { labels: { app: name, "k8s-app": name === "coredns" ? "kube-dns" : name } },
    spec: {
      tolerations: [{ operator: "Exists" }],
      containers: [{ name, image: "example.com/x:1", ports: [{ containerPort: 53 }] }],
    },
  },
});
const workload = (kind: "DaemonSet" | "Deployment", name: string): Manifest => ({
  apiVersion: "apps/v1",
  kind,
  metadata: { name, namespace: SYSTEM },
  spec: { ...(kind === "Deployment" && { replicas: 2 }), ...pods(name) },
});
const dns: Manifest = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "kube-dns", namespace: SYSTEM },
  spec: { selector: { app: "coredns" }, ports: [{ name: "dns", port: 53, protocol: "UDP", targetPort: 53 }] },
};
const configMap = (data: Readonly<Record<string, string>>): Manifest => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "cilium-config", namespace: SYSTEM },
  data: {
    ipam: "eni",
    "routing-mode": "native",
    "kube-proxy-replacement": "true",
    "aws-enable-prefix-delegation": "true",
    ...data,
  },
});
const peerAuthentication = (mode: string): Manifest => ({
  apiVersion: "security.istio.io/v1",
  kind: "PeerAuthentication",
  metadata: { name: "default", namespace: "istio-system" },
  spec: { mtls: { mode } },
});
const application: Manifest = {
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Application",
  metadata: { name: "orders", namespace: "argocd" },
  spec: {
    project: "default",
    destination: { server: "https://kubernetes.default.svc", namespace: "payments" },
    source: { repoURL: "https://github.com/acme/fleet.git", path: "orders", targetRevision: "main" },
  },
};
const externalSecret: Manifest = {
  apiVersion: "external-secrets.io/v1",
  kind: "ExternalSecret",
  metadata: { name: "db", namespace: "payments" },
  spec: {
    secretStoreRef: { name: "app", kind: "SecretStore" },
    target: { name: "db" },
    data: [{ secretKey: "a", remoteRef: { key: "dev/a" } }],
  },
};
const ready = (status: string) => ({
  conditions: [
    {
      type: "Ready",
      status,
      reason: status === "True" ? "SecretSynced" : "SecretSyncedError",
      message: "could not get secret data",
      lastTransitionTime: "2026-11-29T00:00:00Z",
    },
  ],
});

function kubectl(cluster: OfflineCluster, args: readonly string[], input = ""): void {
  const { status, stderr } = spawnSync("kubectl", ["--kubeconfig", cluster.kubeconfig, ...args], {
    input,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}

/** What a controller would say of an object. */
function report(cluster: OfflineCluster, { apiVersion, kind, metadata }: Manifest, status: object): void {
  const [group = "", version = ""] = apiVersion.split("/");
  const resource = `${kind.toLowerCase()}s.${version}.${group}/${metadata.name}`;
  const where = metadata.namespace === undefined ? [] : ["-n", metadata.namespace];
  const patch = ["patch", resource, ...where, "--type=merge", "-p", JSON.stringify({ status })];
  try {
    kubectl(cluster, [...patch, "--subresource=status"]);
  } catch {
    kubectl(cluster, patch);
  }
}

describeOnCluster("octarine verify on a real API server", (cluster) => {
  const judge = async (id: string): Promise<Outcome> => {
    const check = present(
      liveChecks.find((each) => each.id === id),
      `check ${id}`,
    );
    const subject = { target, now: Date.now(), proofs: () => [], reach: () => ({}) as never };
    const [checked] = await runChecks([check], subject, tools({ kubeconfig: cluster().kubeconfig }));
    return present(checked, "an outcome").outcome;
  };
  /** Controllers take a moment; the last answer counts. */
  const judgedAs = async (id: string, is: Outcome["is"]): Promise<Outcome> => {
    let outcome = await judge(id);
    for (let attempt = 0; attempt < 40 && outcome.is !== is; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      outcome = await judge(id);
    }
    return outcome;
  };

  beforeAll(async () => {
    await cluster().makeNamespaces(["argocd", "payments", "istio-system"], {
      "pod-security.kubernetes.io/enforce": "restricted",
    });
    for (const name of ["cilium", "eks-pod-identity-agent"])
      await cluster().must(workload("DaemonSet", name));
    await cluster().must(workload("Deployment", "coredns"));
    for (const each of [dns, configMap({}), peerAuthentication("STRICT"), application, externalSecret])
      await cluster().must(each);
    report(cluster(), application, { sync: { status: "Synced" }, health: { status: "Healthy" } });
    report(cluster(), externalSecret, ready("True"));
  }, 60_000);

  test.each<[string, string, (on: OfflineCluster) => void | Promise<void>, RegExp]>([
    [
      "NODES-PRIVATE",
      "a node gets a public address",
      (on) =>
        kubectl(on, [
          ...["patch", "node", "fake-0", "--subresource=status", "--type=merge", "-p"],
          JSON.stringify({ status: { addresses: [{ type: "ExternalIP", address: "198.51.100.7" }] } }),
        ]),
      /fake-0 has a public address/,
    ],
    [
      "NODES-DRAINABLE",
      "a budget keeps every pod",
      (on) =>
        on.must({
          apiVersion: "policy/v1",
          kind: "PodDisruptionBudget",
          metadata: { name: "all-stay", namespace: SYSTEM },
          spec: { minAvailable: "100%", selector: { matchLabels: { app: "coredns" } } },
        }),
      /kube-system\/all-stay lets none of 2 healthy pods go/,
    ],
    [
      "CNI-AGENTS",
      "the DaemonSet is taken away",
      (on) => kubectl(on, ["delete", "daemonset", "cilium", "-n", SYSTEM]),
      /no DaemonSet cilium/,
    ],
    [
      "CNI-ALONE",
      "aws-node comes back",
      (on) => on.must(workload("DaemonSet", "aws-node")),
      /DaemonSet kube-system\/aws-node is there/,
    ],
    [
      "CILIUM-CONFIG",
      "kube-proxy replacement is turned off",
      (on) => on.must(configMap({ "kube-proxy-replacement": "false" })),
      /kube-proxy-replacement is false/,
    ],
    [
      "DNS-RUNNING",
      "CoreDNS has no pods",
      (on) => kubectl(on, ["scale", "deployment", "coredns", "-n", SYSTEM, "--replicas=0"]),
      /no ready endpoint/,
    ],
    [
      "POD-IDENTITY-AGENT",
      "the agent is taken away",
      (on) => kubectl(on, ["delete", "daemonset", "eks-pod-identity-agent", "-n", SYSTEM]),
      /no DaemonSet eks-pod-identity-agent/,
    ],
    [
      "MESH-MTLS",
      "plain text is let in",
      (on) => on.must(peerAuthentication("PERMISSIVE")),
      /says PERMISSIVE/,
    ],
    [
      "SECRETS-SYNCED",
      "an ExternalSecret fails",
      (on) => report(on, externalSecret, ready("False")),
      /externalsecrets\/payments\/db: SecretSyncedError: could not get secret data/,
    ],
    [
      "GITOPS-SYNCED",
      "an Application is out of sync",
      (on) => report(on, application, { sync: { status: "OutOfSync" } }),
      /orders is OutOfSync/,
    ],
    [
      "NODES-READY",
      "a node is gone",
      (on) => kubectl(on, ["delete", "node", "fake-2"]),
      /2 nodes, and the groups have at least 3/,
    ],
  ])(
    "%s is met until %s",
    async (id, _what, harm, says) => {
      expect(await judgedAs(id, "met")).toMatchObject({ is: "met" });

      await harm(cluster());

      const outcome = await judgedAs(id, "not met");
      expect([outcome.is, outcome.says.join("\n")]).toEqual(["not met", expect.stringMatching(says)]);
    },
    90_000,
  );

  test("the strictest Pod Security takes a probe", async () => {
    const { input } = probeQuestion({ namespace: "payments", purpose: "payments", script: "exit 0" });
    const pod = JSON.parse(present(input, "a manifest")) as Manifest;

    expect(await cluster().apply(pod, { dryRun: true })).toMatchObject({ message: "", warnings: "" });
  });

  test("a caller without rights learns nothing, and nothing counts as met", async () => {
    const live = tools({ kubeconfig: cluster().kubeconfig });
    const nobody = {
      ask: (question: Parameters<typeof live.ask>[0]) =>
        live.ask({ ...question, args: [...question.args, "--as", "nobody"] }),
    };
    const check = present(
      liveChecks.find(({ id }) => id === "NODES-READY"),
      "the check",
    );
    const subject = { target, now: Date.now(), proofs: () => [], reach: () => ({}) as never };

    const [checked] = await runChecks([check], subject, nobody);

    expect([checked?.outcome.is, checked?.outcome.says.join()]).toEqual([
      "not known",
      expect.stringMatching(/forbidden/),
    ]);
  });
});
