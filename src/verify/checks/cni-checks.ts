import { Any, Node, Pod, Workload } from "../../live/objects";
import { kubectl } from "../../live/question";
import { formatCidr } from "../../ip-capacity/cidr";
import type { Target } from "../../model/target";
import { fewOf } from "../../text/listed";
import { ciliumNode, ciliumStatus } from "../cilium-status";
import { always, type LiveCheck } from "../live-check";
import { jsonOf, Notes } from "../notes";

const hasCilium = ({ components }: Target): boolean => components.has("cilium");
const hasVpcCni = ({ components }: Target): boolean => components.has("vpc-cni");

/** DaemonSets that give pods their network. */
function agentsOf(target: Target): string[] {
  return [...(hasVpcCni(target) ? ["aws-node"] : []), ...(hasCilium(target) ? ["cilium"] : [])];
}

const cniAgents: LiveCheck = {
  id: "CNI-AGENTS",
  group: "CNI",
  proves: "an agent of the CNI is ready on every node",
  asks: ["kubectl get daemonsets -n kube-system", "kubectl get nodes"],
  offline: "NODE-WITHOUT-CNI",
  applies: always,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const sets = notes.objects(Workload, "daemonsets", "-n", "kube-system");
    const nodes = notes.objects(Node, "nodes");
    if (sets === undefined || nodes === undefined) return notes.outcome();
    for (const name of agentsOf(target)) {
      const set = sets.find(({ metadata }) => metadata.name === name);
      if (set === undefined) {
        notes.fault(`there is no DaemonSet ${name} in kube-system`);
        continue;
      }
      const { numberReady: ready, desiredNumberScheduled: wanted } = set.status;
      if (ready < wanted) notes.fault(`${name}: ${ready} of ${wanted} agents are ready`);
      if (wanted < nodes.length) notes.fault(`${name}: wanted on ${wanted} of ${nodes.length} nodes`);
      notes.seen(`${name}: ${ready} agents are ready on ${nodes.length} nodes`);
    }
    return notes.outcome();
  },
};

const cniAlone: LiveCheck = {
  id: "CNI-ALONE",
  group: "CNI",
  proves: "no agent of another CNI and no kube-proxy runs where the configuration has none",
  asks: ["kubectl get daemonsets -n kube-system", "kubectl get pods -A"],
  offline: "EKS-SELF-MANAGED-ADDONS",
  applies: always,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const sets = notes.objects(Workload, "daemonsets", "-n", "kube-system");
    const pods = notes.objects(Pod, "pods", "-A");
    if (sets === undefined || pods === undefined) return notes.outcome();
    const unwanted = [
      ...(hasVpcCni(target) ? [] : ["aws-node"]),
      ...(hasCilium(target) ? [] : ["cilium"]),
      ...(target.components.has("kube-proxy") ? [] : ["kube-proxy"]),
    ];
    for (const name of unwanted) {
      if (sets.some(({ metadata }) => metadata.name === name))
        notes.fault(`DaemonSet kube-system/${name} is there, and ${target.config.cni.kind} has none`);
      const left = pods.filter(
        ({ metadata }) => metadata.namespace === "kube-system" && metadata.name.startsWith(`${name}-`),
      );
      const own = left.filter(({ metadata }) =>
        metadata.ownerReferences.some((owner) => owner.kind === "DaemonSet" && owner.name === name),
      );
      if (own.length > 0)
        notes.fault(`pods of ${name} run: ${fewOf(own.map(({ metadata }) => metadata.name))}`);
    }
    notes.seen(unwanted.length === 0 ? "nothing is unwanted" : `there is none of ${unwanted.join(", ")}`);
    return notes.outcome();
  },
};

/**
 * What the agents' ConfigMap has to say: keys of install/kubernetes/cilium/templates/cilium-configmap.yaml, 1.18.12 and 1.19.6, for the
 * values that the platform gives the chart.
 */
export function ciliumConfigOf({ config: { cni } }: Target): Readonly<Record<string, string>> {
  switch (cni.kind) {
    case "cilium-eni":
      return {
        ipam: "eni",
        "routing-mode": "native",
        "kube-proxy-replacement": "true",
        ...(cni.prefixDelegation && { "aws-enable-prefix-delegation": "true" }),
        ...(cni.encryption === "wireguard" && { "enable-wireguard": "true" }),
      };
    case "cilium-overlay":
      return {
        ipam: "cluster-pool",
        "routing-mode": "tunnel",
        "tunnel-protocol": cni.tunnel,
        "kube-proxy-replacement": "true",
        "cluster-pool-ipv4-cidr": formatCidr(cni.podCidr),
        "cluster-pool-ipv4-mask-size": `${cni.nodeMask}`,
        ...(cni.encryption === "wireguard" && { "enable-wireguard": "true" }),
      };
    case "cilium-chaining":
      return { "cni-chaining-mode": "aws-cni", "routing-mode": "native", "kube-proxy-replacement": "false" };
    case "vpc-cni":
      return {};
  }
}

const ciliumConfig: LiveCheck = {
  id: "CILIUM-CONFIG",
  group: "CNI",
  proves:
    "Cilium's agents are configured as the target says: IPAM, routing, kube-proxy replacement, encryption",
  asks: ["kubectl get configmap cilium-config -n kube-system"],
  offline: "values of Cilium's chart",
  applies: hasCilium,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const map = notes.object(Any, "configmap", "cilium-config", "-n", "kube-system");
    if (map === undefined) return notes.outcome();
    for (const [key, wanted] of Object.entries(ciliumConfigOf(target))) {
      const there = map.data[key];
      if (there !== wanted)
        notes.fault(`${key} is ${there === undefined ? "not set" : there}, the configuration says ${wanted}`);
      else notes.seen(`${key}: ${there}`);
    }
    return notes.outcome();
  },
};

/** Agents are asked one by one: of many, these first ones. */
const MOST_AGENTS = 20;

const ciliumAgentsHealthy: LiveCheck = {
  id: "CILIUM-STATUS",
  group: "CNI",
  proves:
    "each agent of Cilium says that it is well, and that it replaces kube-proxy, routes and encrypts as configured",
  asks: ["kubectl exec -n kube-system POD -c cilium-agent -- cilium-dbg status -o json"],
  offline: "values of Cilium's chart",
  applies: hasCilium,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const agents = notes.objects(Pod, "pods", "-n", "kube-system", "-l", "k8s-app=cilium") ?? [];
    const running = agents.filter(({ status }) => status.phase === "Running").slice(0, MOST_AGENTS);
    const wanted = ciliumConfigOf(target);
    for (const { metadata, spec } of running) {
      const text = notes.text(
        kubectl(
          ...["exec", "-n", "kube-system", metadata.name, "-c", "cilium-agent"],
          ...["--", "cilium-dbg", "status", "-o", "json"],
        ),
      );
      if (text === undefined) continue;
      const read = ciliumStatus.safeParse(jsonOf(text));
      if (!read.success) {
        notes.open(`${metadata.name}: its status has another form than expected`);
        continue;
      }
      const { cilium, kubernetes, encryption, routing, "kube-proxy-replacement": replacement } = read.data;
      const on = `${metadata.name} on ${spec.nodeName}`;
      for (const [what, part] of Object.entries({ Cilium: cilium, Kubernetes: kubernetes }))
        if (part !== undefined && part.state !== "Ok")
          notes.fault(`${on}: ${what}: ${part.state}: ${part.msg}`);
      const differs = (what: string, there: string | undefined, right: string | undefined) => {
        if (right !== undefined && there?.toLowerCase() !== right)
          notes.fault(`${on}: ${what} is ${there ?? "not told"}, the configuration says ${right}`);
      };
      differs("kube-proxy replacement", replacement?.mode, wanted["kube-proxy-replacement"]);
      differs("routing", routing?.["inter-host-routing-mode"], wanted["routing-mode"]);
      if (wanted["enable-wireguard"] === "true") differs("encryption", encryption?.mode, "wireguard");
    }
    if (running.length > 0) {
      const of = agents.length > running.length ? ` of ${agents.length}` : "";
      notes.seen(`${running.length}${of} agents were asked, and are well`);
    }
    return notes.outcome("no agent of Cilium runs");
  },
};

const ciliumNodes: LiveCheck = {
  id: "CILIUM-ADDRESSES",
  group: "CNI",
  proves: "Cilium's operator could give every node the addresses that its pods need",
  asks: ["kubectl get ciliumnodes"],
  offline: "capacity, permissions (cilium-operator)",
  applies: ({ config: { cni } }) => cni.kind === "cilium-eni" || cni.kind === "cilium-overlay",
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const found = notes.objects(ciliumNode, "ciliumnodes");
    for (const { metadata, spec, status } of found ?? []) {
      const error = status?.ipam?.["operator-status"]?.error ?? "";
      if (error !== "") notes.fault(`${metadata.name}: ${error}`);
      const pool = Object.keys(spec?.ipam?.pool ?? {}).length;
      const used = Object.keys(status?.ipam?.used ?? {}).length;
      if (target.config.cni.kind === "cilium-eni" && error === "" && pool > 0 && used >= pool)
        notes.fault(`${metadata.name}: all ${pool} addresses that it has are in use`);
    }
    if (found !== undefined && found.length > 0) notes.seen(`${found.length} nodes have what they need`);
    return notes.outcome("Cilium knows no node");
  },
};

/** Environment of the agent's container aws-node (aws/amazon-vpc-cni-k8s README, "CNI Configuration Variables"). */
function vpcCniEnvOf({ config: { cni } }: Target): Readonly<Record<string, string>> {
  if (cni.kind !== "vpc-cni" && cni.kind !== "cilium-chaining") return {};
  return {
    ENABLE_PREFIX_DELEGATION: String(cni.addressMode === "prefix"),
    AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: String(cni.customNetworking),
    AWS_VPC_K8S_CNI_EXTERNALSNAT: String(cni.externalSnat),
  };
}

const vpcCniConfig: LiveCheck = {
  id: "VPC-CNI-CONFIG",
  group: "CNI",
  proves: "the VPC CNI is configured as the target says: prefixes, custom networking, SNAT",
  asks: ["kubectl get daemonset aws-node -n kube-system"],
  offline: "configuration of the add-on vpc-cni",
  applies: hasVpcCni,
  judge: ({ target }, told) => {
    const notes = new Notes(told);
    const set = notes.object(Workload, "daemonset", "aws-node", "-n", "kube-system");
    const agent = set?.spec.template.spec.containers.find(({ name }) => name === "aws-node");
    if (set !== undefined && agent === undefined) notes.fault("DaemonSet aws-node has no container aws-node");
    for (const [name, wanted] of Object.entries(agent === undefined ? {} : vpcCniEnvOf(target))) {
      const there = agent?.env.find((each) => each.name === name)?.value ?? "false";
      if (there !== wanted) notes.fault(`${name} is ${there}, the configuration says ${wanted}`);
      else notes.seen(`${name}: ${there}`);
    }
    return notes.outcome();
  },
};

export const cniChecks = [cniAgents, cniAlone, ciliumConfig, ciliumAgentsHealthy, ciliumNodes, vpcCniConfig];
