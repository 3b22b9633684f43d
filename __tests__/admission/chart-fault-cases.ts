import type { Manifest } from "../../src/modules/manifest";
import { sample } from "../reachability/support";
import type { AdmissionFault } from "./fault-cases";
import { withLabel, withObject, withValue } from "./support";

const prod = sample("prod/us-east-1");
const identity = sample("identity/us-east-1");
const ENFORCE = "pod-security.kubernetes.io/enforce";

function limits(
  namespace: string,
  limit: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Manifest {
  return object(
    "v1",
    "LimitRange",
    { name: "by-hand", namespace },
    { limits: [{ type: "Container", ...limit }] },
  );
}

function quota(namespace: string, hard: Readonly<Record<string, string>>): Manifest {
  return object("v1", "ResourceQuota", { name: "by-hand", namespace }, { hard });
}

function object(
  apiVersion: string,
  kind: string,
  metadata: Manifest["metadata"],
  spec: NonNullable<Manifest["spec"]>,
): Manifest {
  return { apiVersion, kind, metadata, spec };
}

function outside(...values: readonly string[]) {
  return { matchExpressions: [{ key: "kubernetes.io/metadata.name", operator: "NotIn", values }] };
}

const PODS = { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] };
const TEAMS = "by-hand-teams";

/** Every pod has to say whose it is. */
const teamLabels = [
  object(
    "admissionregistration.k8s.io/v1",
    "ValidatingAdmissionPolicy",
    { name: TEAMS },
    {
      matchConstraints: { resourceRules: [PODS] },
      validations: [
        {
          expression: "'team' in object.metadata.?labels.orValue({})",
          message: "pods need the label team",
          reason: "Forbidden",
        },
      ],
    },
  ),
  object(
    "admissionregistration.k8s.io/v1",
    "ValidatingAdmissionPolicyBinding",
    { name: TEAMS },
    {
      policyName: TEAMS,
      // Of several policies that refuse the server names one: where it is asked whether they are in force it has to be another.
      matchResources: { namespaceSelector: outside("kube-system") },
      validationActions: ["Deny"],
    },
  ),
];

const REGISTRIES_BOUND = "ValidatingAdmissionPolicyBinding kube-system/octarine-image-registries";

/** Faults that hold back pods of third-party charts, put in by hand, and what is said then. */
export const chartFaults: readonly AdmissionFault[] = [
  [
    "a restricted namespace with agents of nodes in it",
    prod,
    withLabel("Namespace kube-system/istio-system", ENFORCE, "restricted"),
    /^Pod Security: istio-system\/istio-cni-node, Namespace istio-system: .*hostPath/,
  ],
  [
    "a gateway in a restricted namespace, which its chart gives no seccomp profile",
    prod,
    withLabel("Namespace kube-system/istio-ingress", ENFORCE, "restricted"),
    /^Pod Security: istio-ingress\/istio-ingressgateway, Namespace istio-ingress: .*seccompProfile/,
  ],
  [
    "agents of SPIRE where its chart wants them restricted",
    identity,
    withObject({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "spire-system", labels: { [ENFORCE]: "baseline" } },
    }),
    /^Pod Security: spire-system\/spire-agent, Namespace spire-system: .*hostNetwork/,
  ],
  [
    "limits below what a gateway may use",
    prod,
    withObject(limits("istio-ingress", { max: { memory: "512Mi" } })),
    /^limits: istio-ingress\/istio-ingressgateway, LimitRange istio-ingress\/by-hand: container istio-proxy has a limit of 1024Mi for memory, more than 512Mi/,
  ],
  [
    "a quota that one gateway alone is too much for",
    prod,
    withObject(quota("istio-ingress", { "requests.cpu": "50m" })),
    /^quota: istio-ingress, ResourceQuota istio-ingress\/by-hand: requests\.cpu is 0\.05, its pods can ask for 0\.5 /,
  ],
  [
    "a quota that counts limits of CPU, which istiod has none of",
    prod,
    withObject(quota("istio-system", { "limits.cpu": "100" })),
    /^quota: istio-system\/istiod, ResourceQuota istio-system\/by-hand: discovery must say limits\.cpu/,
  ],
  [
    "a quota for pods of one priority class, which is too small for istiod",
    prod,
    withObject(
      object(
        "v1",
        "ResourceQuota",
        { name: "by-hand", namespace: "istio-system" },
        {
          hard: { "requests.cpu": "400m" },
          scopeSelector: {
            matchExpressions: [
              { scopeName: "PriorityClass", operator: "In", values: ["system-cluster-critical"] },
            ],
          },
        },
      ),
    ),
    /^quota: istio-system, ResourceQuota istio-system\/by-hand: requests\.cpu is 0\.4, its pods can ask for 2\.5 \(istiod 2\.5\)/,
  ],
  [
    "a policy on registries that looks at namespaces of the platform, too",
    prod,
    withValue(REGISTRIES_BOUND, "spec.matchResources.namespaceSelector", outside("kube-system")),
    /^policy: keda\/keda-operator, ValidatingAdmissionPolicy octarine-image-registries: Deployment keda-operator: images from registries that are not allowed: ghcr\.io\/kedacore\/keda/,
  ],
  [
    "a policy that asks for a label, which no chart gives its pods",
    prod,
    (all) => teamLabels.reduce((resources, each) => withObject(each)(resources), all),
    /^policy: cert-manager\/cert-manager, ValidatingAdmissionPolicy by-hand-teams: pods need the label team/,
  ],
];
