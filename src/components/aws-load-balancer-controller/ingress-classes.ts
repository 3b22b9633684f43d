import type { Manifest } from "../../modules/manifest-release";

export interface IngressClassSettings {
  readonly publicNamespaces: readonly string[];
  readonly certificateArns: readonly string[];
  readonly tlsPolicy: string;
  readonly wafAclArn?: string;
  /** `instance` where load balancers don't reach pod addresses (overlay). */
  readonly targetType: "ip" | "instance";
  /** Bucket of access logs. */
  readonly logBucket?: string;
}

const GROUP = "elbv2.k8s.aws";

/**
 * The classes that an ingress can name. What a class sets, an ingress can't set otherwise: scheme, certificates, TLS
 * policy, web ACL. The public one is closed to all namespaces but those named.
 */
export function ingressClasses(settings: IngressClassSettings): Record<string, Manifest> {
  const { publicNamespaces } = settings;
  return {
    ...ingressClass("alb", true, params("internal", settings)),
    ...(publicNamespaces.length > 0 &&
      ingressClass("alb-public", false, {
        ...params("internet-facing", settings),
        namespaceSelector: {
          matchExpressions: [
            {
              key: "kubernetes.io/metadata.name",
              operator: "In",
              values: [...publicNamespaces].sort(),
            },
          ],
        },
        ...(settings.wafAclArn !== undefined && { wafv2AclArn: settings.wafAclArn }),
      })),
  };
}

function params(
  scheme: "internal" | "internet-facing",
  settings: IngressClassSettings,
): Manifest["spec"] & object {
  const { certificateArns, tlsPolicy, targetType, logBucket } = settings;
  const attributes = [
    { key: "routing.http.drop_invalid_header_fields.enabled", value: "true" },
    ...(logBucket === undefined
      ? []
      : [
          { key: "access_logs.s3.enabled", value: "true" },
          { key: "access_logs.s3.bucket", value: logBucket },
        ]),
  ];
  return {
    scheme,
    targetType,
    sslPolicy: tlsPolicy,
    ...(certificateArns.length > 0 && { certificateArn: [...certificateArns], sslRedirectPort: "443" }),
    loadBalancerAttributes: attributes,
  };
}

function ingressClass(name: string, isDefault: boolean, spec: Manifest["spec"]): Record<string, Manifest> {
  return {
    [`${name}-params`]: {
      apiVersion: `${GROUP}/v1beta1`,
      kind: "IngressClassParams",
      metadata: { name },
      spec,
    },
    [name]: {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata: {
        name,
        ...(isDefault && { annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } }),
      },
      spec: {
        controller: "ingress.k8s.aws/alb",
        parameters: { apiGroup: GROUP, kind: "IngressClassParams", name },
      },
    },
  };
}
