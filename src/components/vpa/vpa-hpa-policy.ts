import type { Manifest } from "../../modules/manifest";

const VPA = { apiVersion: "autoscaling.k8s.io/v1", kind: "VerticalPodAutoscaler" } as const;
const HPA = { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler" } as const;

/**
 * Admission policies that keep a VPA from acting on what an HPA scales by the same metric: the one would change the
 * requests that the other's percentages are of, and the two chase each other (kubernetes/autoscaler
 * vertical-pod-autoscaler docs, "Known limitations"). One policy for each that may come second; the other kind's
 * objects of the namespace are its parameters, so each of them is looked at. KEDA's ScaledObjects make HPAs and count.
 */
export function vpaHpaPolicies(): Record<string, Manifest> {
  return {
    ...policy({
      name: "vpa-beside-hpa",
      params: HPA,
      rule: { apiGroups: ["autoscaling.k8s.io"], apiVersions: ["*"], resources: ["verticalpodautoscalers"] },
      vpa: "object",
      hpa: "params",
      failurePolicy: "Fail",
    }),
    ...policy({
      name: "hpa-beside-vpa",
      params: VPA,
      rule: { apiGroups: ["autoscaling"], apiVersions: ["v2"], resources: ["horizontalpodautoscalers"] },
      vpa: "params",
      hpa: "object",
      // HPAs are everybody's: if the VPA's kind is gone, or not yet known, they must go on.
      failurePolicy: "Ignore",
    }),
  };
}

interface Side {
  readonly name: string;
  readonly params: { readonly apiVersion: string; readonly kind: string };
  readonly rule: {
    readonly apiGroups: readonly string[];
    readonly apiVersions: readonly string[];
    readonly resources: readonly string[];
  };
  /** CEL variable that holds each. */
  readonly vpa: "object" | "params";
  readonly hpa: "object" | "params";
  readonly failurePolicy: "Fail" | "Ignore";
}

function policy({ name, params, rule, vpa, hpa, failurePolicy }: Side): Record<string, Manifest> {
  const metadata = { name: `octarine-${name}` };
  return {
    [name]: {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicy",
      metadata,
      spec: {
        failurePolicy,
        paramKind: params,
        matchConstraints: { resourceRules: [{ ...rule, operations: ["CREATE", "UPDATE"] }] },
        variables: [
          { name: "sameTarget", expression: sameTarget(vpa, hpa) },
          { name: "acts", expression: acts(vpa) },
          { name: "resources", expression: actedResources(vpa) },
          { name: "metrics", expression: hpaResources(hpa) },
          // As a variable: an API server that has not yet published the VPA's schema type-checks validations without
          // `params`, and what it says of them stays in the policy's status.
          { name: "conflict", expression: conflict(vpa, hpa) },
        ],
        validations: [
          {
            expression:
              "!variables.sameTarget || !variables.acts || !variables.metrics.exists(m, m in variables.resources)",
            messageExpression: "variables.conflict",
            reason: "Invalid",
          },
        ],
      },
    },
    [`${name}-binding`]: {
      apiVersion: "admissionregistration.k8s.io/v1",
      kind: "ValidatingAdmissionPolicyBinding",
      metadata,
      spec: {
        policyName: metadata.name,
        // No namespace: the object's own. A namespace without the other kind has nothing to collide with.
        paramRef: { selector: {}, parameterNotFoundAction: "Allow" },
        validationActions: ["Deny"],
      },
    },
  };
}

function sameTarget(vpa: string, hpa: string): string {
  const target = `${vpa}.spec.targetRef`;
  return `has(${target}) && ${target}.kind == ${hpa}.spec.scaleTargetRef.kind && ${target}.name == ${hpa}.spec.scaleTargetRef.name`;
}

function conflict(vpa: string, hpa: string): string {
  return `'VerticalPodAutoscaler ' + ${vpa}.metadata.name + ' and HorizontalPodAutoscaler ' + ${hpa}.metadata.name + ' would both act on the same metric of ' + ${vpa}.spec.targetRef.kind + ' ' + ${vpa}.spec.targetRef.name + '; set updateMode Off, or controlledResources (for containerName *) to what the HPA does not scale by'`;
}

/** A VPA without a mode acts. */
function acts(vpa: string): string {
  return `!has(${vpa}.spec.updatePolicy) || !has(${vpa}.spec.updatePolicy.updateMode) || ${vpa}.spec.updatePolicy.updateMode != 'Off'`;
}

/** CPU and memory of every container that no policy speaks of: so only one for all containers (`*`) narrows them. */
function actedResources(vpa: string): string {
  const policies = `${vpa}.spec.resourcePolicy.containerPolicies`;
  const acting = `(!has(p.mode) || p.mode != 'Off')`;
  const takes = (resource: string) =>
    `${policies}.exists(p, ${acting} && (!has(p.controlledResources) || '${resource}' in p.controlledResources))`;
  return [
    `!has(${vpa}.spec.resourcePolicy) || !has(${policies}) || !${policies}.exists(p, has(p.containerName) && p.containerName == '*')`,
    `? ['cpu', 'memory']`,
    `: (${takes("cpu")} ? ['cpu'] : []) + (${takes("memory")} ? ['memory'] : [])`,
  ].join(" ");
}

/** Resource metrics of the HPA. One without metrics goes by CPU: the API server writes that in. */
function hpaResources(hpa: string): string {
  const of = (kind: "Resource" | "ContainerResource", field: string) =>
    `${hpa}.spec.metrics.filter(m, m.type == '${kind}' && has(m.${field})).map(m, m.${field}.name)`;
  return `!has(${hpa}.spec.metrics) ? ['cpu'] : ${of("Resource", "resource")} + ${of("ContainerResource", "containerResource")}`;
}
