import { parse, YAMLError } from "yaml";
import { type Plain, settings } from "../draft";
import type { Fact } from "../found/fact";
import type { FoundAddOn } from "../found/software";

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

/** Keys that add-ons lead to; the rest is said. */
export function addOnSettings(found: readonly FoundAddOn[]): Readonly<Record<string, Plain>> {
  const brought: Record<string, Plain> = {};
  for (const { name, version, at, values } of found) {
    if (!ALWAYS.includes(name) && BROUGHT[name] === undefined) {
      at.lost(
        OTHERS[name] ?? "the platform has no such add-on; EKS installs it beside, by aws eks create-addon",
      );
      continue;
    }
    Object.assign(brought, BROUGHT[name] ?? {});
    version?.at.changed("the release's version");
    if (name !== "vpc-cni") values?.at.lost("the platform sets the add-on");
  }
  return brought;
}

/** The Amazon VPC CNI, by address as it is without settings (aws/amazon-vpc-cni-k8s v1.22.4, README: its variables). */
export function vpcCniSettings(found: readonly FoundAddOn[], isIpv6: boolean): Plain {
  const values = found.find(({ name }) => name === "vpc-cni")?.values;
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
  if (left.length > 0) values?.at.lost(`${left.join(", ")}: the platform sets the add-on by keys of cni`);
  const chosen = Object.assign({}, ...taken) as Record<string, Plain | undefined>;
  const addressMode = isIpv6 ? "prefix" : (chosen.addressMode ?? "secondary-ip");
  return settings({
    kind: "vpc-cni",
    ...chosen,
    addressMode,
    warmPrefixTarget: addressMode === "prefix" ? chosen.warmPrefixTarget : undefined,
    kubeProxy: { kind: "iptables" },
  });
}

function valuesOf(values: Fact<string> | undefined): Readonly<Record<string, unknown>> {
  if (values === undefined) return {};
  try {
    const read: unknown = parse(values.value);
    if (typeof read === "object" && read !== null) return read as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof YAMLError)) throw error;
  }
  values.at.lost("must be JSON or YAML with a map of values");
  return {};
}

function recordIn(values: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = values[key];
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** A release's version with a pool to begin with: what nodes Karpenter makes, its objects said. */
export const KARPENTER: Plain = {
  classes: { general: { ami: "bottlerocket" } },
  pools: {
    general: { class: "general", arch: ["amd64"], capacity: ["on-demand"], limits: { cpus: 100 } },
  },
};
export const KARPENTER_SAYS =
  "the release's version with one pool to begin with; write those of your NodePools and EC2NodeClasses in karpenter";
export const KARPENTER_NODES = 2;
