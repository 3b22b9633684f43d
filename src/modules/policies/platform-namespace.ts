import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ManifestRelease } from "../manifest-release";
import type { Manifest } from "../manifest";
import { flowPolicyManifests } from "./flow-policies";
import type { PodSelector } from "./labels";
import { type Enforcer, type Flow, tcp } from "./network-flows";

/** Callers of some pods of a namespace of the platform. */
export interface PlatformCallers {
  readonly pods: PodSelector;
  readonly flow: Flow;
}

export interface PlatformNamespaceProps {
  readonly namespace: string;
  readonly enforcer: Enforcer;
  /** Ports that anybody may call: webhooks, which the control plane calls, and what the namespace is there for. */
  readonly open?: readonly number[];
  /** Ports that Prometheus reads. */
  readonly metrics?: readonly number[];
  /** Namespace of Prometheus. */
  readonly monitoringNamespace: string;
  /** Who else may call, by the name of the policy. */
  readonly callers?: Readonly<Record<string, PlatformCallers>>;
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * Closes a namespace of the platform to callers that it does not know: its own pods, Prometheus, and its open ports. What its pods
 * call is left free: APIs of AWS, Git, sign-in, which differ by target.
 */
export class PlatformNamespace extends Construct {
  constructor(scope: Construct, id: string, props: PlatformNamespaceProps) {
    super(scope, id);
    new ManifestRelease(this, `network-policies-${props.namespace}`, {
      namespace: props.namespace,
      manifests: platformPolicies(props),
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}

export function platformPolicies(props: Omit<PlatformNamespaceProps, "dependsOn">): Record<string, Manifest> {
  const { namespace, enforcer, open = [], metrics = [], monitoringNamespace, callers = {} } = props;
  const own: Flow = { direction: "ingress", peers: [{ kind: "pods", namespace }], ports: "all" };
  const monitoring: Flow = {
    direction: "ingress",
    peers: [{ kind: "pods", namespace: monitoringNamespace }],
    ports: tcp(...metrics),
  };
  const anybody: Flow = { direction: "ingress", peers: [], ports: tcp(...open) };
  const policies = {
    "allow-same-namespace": { pods: {}, flow: own },
    "allow-monitoring": { pods: {}, flow: monitoring },
    "allow-open-ports": { pods: {}, flow: anybody },
    ...callers,
  };
  return {
    "default-deny-ingress": denyIngress(namespace),
    ...Object.assign(
      {},
      ...Object.entries(policies).map(([name, { pods, flow }]) =>
        flowPolicyManifests({ name, namespace, pods, flows: [flow] }, enforcer),
      ),
    ),
  } as Record<string, Manifest>;
}

function denyIngress(namespace: string): Manifest {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "default-deny-ingress", namespace },
    spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [] },
  };
}
