import { parse, YAMLError } from "yaml";
import type { Plain } from "../draft";
import { settings } from "../draft";
import type { Part } from "../part";
import type { ImportOptions } from "./options";
import { isPrivate } from "./network";

interface AddOns {
  readonly cni: Plain;
  /** Keys that add-ons and private clusters lead to. */
  readonly settings: Readonly<Record<string, Plain | undefined>>;
}

/** EKS add-ons that every target has. */
const ALWAYS = ["vpc-cni", "coredns", "kube-proxy", "aws-ebs-csi-driver", "eks-pod-identity-agent"];

/** Add-ons that a key of ours brings, with what it takes. */
const BROUGHT: Readonly<Record<string, Readonly<Record<string, Plain>>>> = {
  "metrics-server": { metricsServer: {} },
  "amazon-cloudwatch-observability": { observability: { containerInsights: {} } },
};

/** Add-ons of which something else is said. */
const OTHERS: Readonly<Record<string, string>> = {
  "snapshot-controller": "it comes with backup, which Velero does here",
  "cert-manager": "write ingress.certificates, with who issues them",
  "external-dns": "write ingress.dns, with the zones that it may write",
  "prometheus-node-exporter": "it comes with observability.prometheus",
  "kube-state-metrics": "it comes with observability.prometheus",
  "aws-secrets-store-csi-driver-provider": "write secrets.delivery: csi",
  adot: "write observability.openTelemetry",
};

export function addOnsOf(config: Part, { account }: ImportOptions): AddOns {
  const found: Record<string, Plain> = {};
  let cni: Part | undefined;
  for (const addOn of config.at("addons").items()) {
    const name = addOn.at("name").text() ?? "";
    if (name === "vpc-cni") cni = addOn;
    if (ALWAYS.includes(name) || BROUGHT[name] !== undefined) {
      Object.assign(found, BROUGHT[name] ?? {});
      pinned(addOn);
    } else
      addOn.lost(
        OTHERS[name] ?? "the platform has no such add-on; EKS installs it beside, by aws eks create-addon",
      );
  }
  return {
    cni: cniOf(config, cni),
    settings: { ...found, ...karpenterOf(config), ...mirrorOf(config, account) },
  };
}

/** Roles and versions are the platform's. */
function pinned(addOn: Part): void {
  const version = addOn.at("version");
  if (version.there && version.text() !== "latest") version.changed("the release's version");
  for (const key of [
    "wellKnownPolicies",
    "attachPolicyARNs",
    "attachPolicy",
    "useDefaultPodIdentityAssociations",
  ])
    addOn.at(key).plain();
  if (addOn.at("resolveConflicts").there) addOn.at("resolveConflicts").plain();
}

/** The Amazon VPC CNI, by address as it is without settings (aws/amazon-vpc-cni-k8s v1.22.4, README: its variables). */
function cniOf(config: Part, addOn: Part | undefined): Plain {
  const values = addOn?.at("configurationValues");
  const read = valuesOf(values);
  const env = recordIn(read, "env");
  const known: Record<string, (value: string) => Record<string, Plain | undefined>> = {
    ENABLE_PREFIX_DELEGATION: (value) => ({ addressMode: value === "true" ? "prefix" : "secondary-ip" }),
    WARM_PREFIX_TARGET: (value) => ({ warmPrefixTarget: Number(value) }),
    WARM_IP_TARGET: (value) => ({ warmIpTarget: Number(value) }),
    MINIMUM_IP_TARGET: (value) => ({ minimumIpTarget: Number(value) }),
    AWS_VPC_K8S_CNI_EXTERNALSNAT: (value) => ({ externalSnat: value === "true" }),
  };
  const taken = Object.entries(env).map(([name, value]) => known[name]?.(String(value)) ?? {});
  const left = [
    ...Object.keys(env).filter((name) => !Object.hasOwn(known, name)),
    ...Object.keys(read).filter((name) => name !== "env" && name !== "enableNetworkPolicy"),
  ];
  if (left.length > 0) values?.lost(`${left.join(", ")}: the platform sets the add-on by keys of cni`);
  const chosen = Object.assign({}, ...taken) as Record<string, Plain | undefined>;
  const ipv6 = config.at("kubernetesNetworkConfig", "ipFamily").text()?.toLowerCase() === "ipv6";
  const addressMode = ipv6 ? "prefix" : (chosen.addressMode ?? "secondary-ip");
  return settings({
    kind: "vpc-cni",
    ...chosen,
    addressMode,
    warmPrefixTarget: addressMode === "prefix" ? chosen.warmPrefixTarget : undefined,
    kubeProxy: { kind: "iptables" },
  });
}

function valuesOf(values: Part | undefined): Readonly<Record<string, unknown>> {
  const text = values?.text();
  if (values === undefined || text === undefined) return {};
  try {
    const read: unknown = parse(text);
    if (typeof read === "object" && read !== null) return read as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof YAMLError)) throw error;
  }
  values.lost("must be JSON or YAML with a map of values");
  return {};
}

function recordIn(values: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = values[key];
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** eksctl installs the controller alone; what nodes it makes, its objects said. */
function karpenterOf(config: Part): Readonly<Record<string, Plain | undefined>> {
  const karpenter = config.at("karpenter");
  if (!karpenter.there) return {};
  karpenter.plain();
  karpenter.changed(
    "the release's version with one pool to begin with; write those of your NodePools and EC2NodeClasses in karpenter",
  );
  return {
    karpenter: {
      classes: { general: { ami: "bottlerocket" } },
      pools: {
        general: { class: "general", arch: ["amd64"], capacity: ["on-demand"], limits: { cpus: 100 } },
      },
    },
  };
}

/** Without a way out images come from the account. */
function mirrorOf(config: Part, account: string): Readonly<Record<string, Plain | undefined>> {
  if (!isPrivate(config)) return {};
  const cluster = config.at("privateCluster");
  cluster
    .at("enabled")
    .changed("images come from the account's registry: npx octarine images --copy fills it");
  return {
    images: { mirror: `${account}.dkr.ecr.${config.at("metadata", "region").text() ?? ""}.amazonaws.com` },
  };
}
