import type { Manifest } from "../../modules/manifest";

export interface IngressClassSettings {
  readonly publicNamespaces: readonly string[];
  readonly certificateArns: readonly string[];
  readonly tlsPolicy: string;
  readonly wafAclArn?: string;
  /** `instance` where load balancers don't reach pod addresses (overlay). */
  readonly targetType: "ip" | "instance";
  /**
   * Subnets by scheme, one for each zone. Named, so that an ALB that is there follows them; those that the controller finds by
   * tags it reads once, when it makes the ALB (v3.5.0, pkg/ingress/model_build_load_balancer.go). By their ids, since of subnets
   * named by tags it leaves out those with few free addresses, and would take a running ALB out of a zone.
   */
  readonly subnetIds: SubnetIds;
  /** Bucket of access logs. */
  readonly logs?: { readonly bucket: string; readonly prefix?: string };
}

export interface SubnetIds {
  readonly internal: readonly string[];
  readonly public: readonly string[];
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
        ...(settings.wafAclArn !== undefined && webAcl(settings.wafAclArn)),
      })),
  };
}

/**
 * By its name, too: the annotation wafv2-acl-name of any ingress counts before an ARN of the class, and none in it takes the
 * web ACL away (v3.5.0, pkg/ingress/model_build_load_balancer_addons.go).
 */
function webAcl(arn: string): { wafv2AclArn: string; wafv2AclName?: string } {
  const name = /\/webacl\/([^/]+)\//.exec(arn)?.[1];
  return { wafv2AclArn: arn, ...(name !== undefined && { wafv2AclName: name }) };
}

function params(
  scheme: "internal" | "internet-facing",
  settings: IngressClassSettings,
): Manifest["spec"] & object {
  const { certificateArns, tlsPolicy, targetType, logs, subnetIds } = settings;
  const attributes = [
    { key: "routing.http.drop_invalid_header_fields.enabled", value: "true" },
    ...(logs === undefined
      ? []
      : [
          { key: "access_logs.s3.enabled", value: "true" },
          { key: "access_logs.s3.bucket", value: logs.bucket },
          ...(logs.prefix === undefined ? [] : [{ key: "access_logs.s3.prefix", value: logs.prefix }]),
        ]),
  ];
  return {
    scheme,
    subnets: { ids: [...(scheme === "internal" ? subnetIds.internal : subnetIds.public)] },
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
