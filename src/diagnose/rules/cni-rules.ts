import { quoteOf } from "../read/lines";
import { type Reading, type Rule, type Said, saidRule } from "../rule";
import type { SeenPod } from "../read/pods";

const cniSaid: readonly Said[] = [
  {
    cause: "cni-not-running",
    says: /cni plugin not initialized|cni config uninitialized|NetworkPluginNotReady|Network plugin not initialized/,
    certainty: "sure",
    from: "containerd/go-cni errors.go; kubernetes/kubernetes v1.33.13 pkg/kubelet/kubelet.go",
  },
  {
    cause: "cni-not-running",
    says: /Timed out waiting for IPAM daemon|Retrying waiting for IPAM-D|failed to connect service "?:50051|dial tcp 127\.0\.0\.1:50051|add cmd: failed to connect to backend server/,
    certainty: "sure",
    from: "aws/amazon-vpc-cni-k8s v1.22.4 cmd/aws-vpc-cni/main.go, cmd/routed-eni-cni-plugin/cni.go",
  },
  {
    cause: "cni-not-running",
    says: /unable to connect to Cilium (?:agent|daemon)|cilium\.sock\S*: connect: (?:no such file|connection refused)/i,
    certainty: "sure",
    from: "cilium/cilium v1.18.11 plugins/cilium-cni/cmd/cmd.go, pkg/client/client.go",
  },
  {
    cause: "node-dataplane",
    // The first address of the services' range is the API server's (kubernetes/kubernetes, pkg/controlplane/services.go).
    says: /dial tcp \d+\.\d+\.0\.1:443: (?:i\/o timeout|connect: (?:no route to host|connection refused))/,
    certainty: "likely",
    from: "golang/go net/net.go",
    detail: () => "a pod does not reach the API server by its Service",
  },
  {
    cause: "node-dataplane",
    says: /HTTP to agent: +Get .*deadline exceeded|ICMP to stack: +Connection timed out/,
    certainty: "likely",
    from: "cilium/cilium v1.18.11 pkg/health/client/client.go",
  },
];

const AGENT = /^(?:aws-node|cilium)-[a-z0-9]{4,6}$/;
const BROKEN = /BackOff|Error|OOMKilled|Init:/;

/** The CNI's own pods. */
const agents: Rule = ({ pods }) => {
  const broken = pods.filter(({ name, status }) => AGENT.test(name) && BROKEN.test(status));
  return broken.map(({ quote, node }) => ({
    cause: "cni-not-running",
    certainty: "sure",
    quotes: [quote],
    ...(node !== "" && { detail: node }),
  }));
};

const DATAPLANE = /^(?:kube-proxy|cilium|aws-node)-[a-z0-9]{4,6}$/;

/** What makes a node's network, not ready on one node and ready on others. */
const oneNode: Rule = ({ pods }) => {
  const parts = pods.filter(({ name, node }) => DATAPLANE.test(name) && node !== "");
  const bad = parts.filter(
    (pod) => pod.ready === false && !(AGENT.test(pod.name) && BROKEN.test(pod.status)),
  );
  const good = parts.filter(({ ready }) => ready === true);
  if (bad.length === 0 || good.length === 0) return [];
  return bad.map((pod): Reading => {
    const beside = failingOn(pod.node, pods).filter((other) => other.name !== pod.name);
    return {
      cause: "node-dataplane",
      certainty: "sure",
      quotes: [pod.quote, ...beside.slice(0, 2).map(({ quote }) => quote)],
      detail: pod.node,
    };
  });
};

function failingOn(node: string, pods: readonly SeenPod[]): SeenPod[] {
  return pods.filter((pod) => pod.node === node && pod.ready === false);
}

/** Pods of several namespaces fail, all on one node, and others of their kind run elsewhere. */
const together: Rule = ({ pods }) => {
  const failing = pods.filter(
    ({ ready, node, status }) => ready === false && node !== "" && /BackOff|Running/.test(status),
  );
  const nodes = new Set(failing.map(({ node }) => node));
  const [node] = nodes;
  const namespaces = new Set(failing.map(({ namespace }) => namespace));
  const isElsewhere = pods.some((pod) => pod.ready === true && pod.node !== "" && pod.node !== node);
  if (node === undefined || nodes.size > 1 || namespaces.size < 3 || !isElsewhere) return [];
  return [
    {
      cause: "node-dataplane",
      certainty: "likely",
      quotes: failing.slice(0, 3).map(({ quote }) => quote),
      detail: node,
    },
  ];
};

/** Of Cilium's health checks: one node that is not reached is broken, many are cut off (cilium/cilium v1.18.11, pkg/client/client.go). */
const reachable: Rule = ({ lines }) =>
  lines.flatMap((line) => {
    const [, some, all] = /Cluster health:\s+(\d+)\/(\d+) reachable/.exec(line.text) ?? [];
    if (some === undefined || Number(some) >= Number(all)) return [];
    const isMost = Number(some) * 2 < Number(all);
    return [
      {
        cause: isMost ? "node-security-group" : "node-dataplane",
        certainty: "likely",
        quotes: [quoteOf(line)],
        detail: isMost
          ? "nodes don't reach each other's pods: the tunnel's port, or routes for pods' addresses"
          : `${Number(all) - Number(some)} of ${all} nodes are not reached`,
      },
    ];
  });

/** Nodes that are not Ready, where nobody says why. */
const notReady: Rule = ({ lines }) =>
  lines
    .filter(({ text, command }) => /KubeletNotReady/.test(text) && /network/.test(text) && command !== "")
    .map((line) => ({ cause: "cni-not-running", certainty: "likely", quotes: [quoteOf(line)] }));

/** A kubelet that the API server doesn't know gets no pods, the CNI's neither: what it says of its network follows from that. */
const known =
  (rule: Rule): Rule =>
  (world) => {
    const strangers = new Set(
      world.lines
        .filter(({ text }) => /kubelet/.test(text) && /: Unauthorized|="?Unauthorized/.test(text))
        .map(({ file }) => file),
    );
    return rule(world).filter(
      ({ cause, quotes }) =>
        cause !== "cni-not-running" ||
        !quotes.every(({ file, text }) => strangers.has(file) && /kubelet/.test(text)),
    );
  };

export const cniRules: readonly Rule[] = [
  known(saidRule(cniSaid)),
  agents,
  oneNode,
  together,
  reachable,
  notReady,
];
