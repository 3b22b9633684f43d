import { type AdmissionRule, celList } from "./admission-policy";

const SERVICE_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";
const INGRESS_PREFIX = "alb.ingress.kubernetes.io/";

/**
 * Annotations that a team may use: what describes its own listener and targets. What reaches beyond is not among them:
 * security groups, subnets, addresses, an ALB shared with others (group.name), WAF, tags, the load balancer's attributes.
 *
 * Source: AWS Load Balancer Controller, "Annotations" of services and of ingresses.
 */
export const ownLoadBalancerAnnotations: readonly string[] = [
  ...["scheme", "type", "nlb-target-type", "backend-protocol", "ssl-cert", "ssl-ports"].map(service),
  ...["protocol", "port", "path", "interval", "timeout", "healthy-threshold", "unhealthy-threshold"].map(
    (each) => service(`healthcheck-${each}`),
  ),
  ...["scheme", "target-type", "listen-ports", "certificate-arn", "ssl-redirect", "success-codes"].map(
    ingress,
  ),
  // How long requests to a pod that ends go on; those of the load balancer (load-balancer-attributes) reach beyond.
  ...["target-group-attributes"].flatMap((each) => [service(each), ingress(each)]),
  ...["backend-protocol", "backend-protocol-version", "healthy-threshold-count"].map(ingress),
  ...["unhealthy-threshold-count"].map(ingress),
  ...["protocol", "port", "path", "interval-seconds", "timeout-seconds"].map((each) =>
    ingress(`healthcheck-${each}`),
  ),
];

function service(name: string): string {
  return SERVICE_PREFIX + name;
}

function ingress(name: string): string {
  return INGRESS_PREFIX + name;
}

const SERVICES = { apiGroups: [""], apiVersions: ["v1"], resources: ["services"] } as const;
const INGRESSES = {
  apiGroups: ["networking.k8s.io"],
  apiVersions: ["v1"],
  resources: ["ingresses"],
} as const;
const GATEWAYS = {
  apiGroups: ["gateway.networking.k8s.io"],
  apiVersions: ["*"],
  resources: ["gateways"],
} as const;
/** What gives the controller's gateways their scheme. */
const GATEWAY_SETTINGS = {
  apiGroups: ["gateway.k8s.aws"],
  apiVersions: ["*"],
  resources: ["loadbalancerconfigurations"],
} as const;

/** Finalizers and status come and go on objects that were there before the rule. */
const CONTENT_CHANGES = {
  "content-changes":
    "request.operation == 'CREATE' || object.spec != oldObject.spec || object.metadata.?annotations != oldObject.metadata.?annotations",
};

const ANNOTATIONS = "object.metadata.?annotations.orValue({})";
const WHERE = "object.kind + ' ' + object.metadata.?name.orValue('')";

/**
 * Load balancers that face the internet only in some namespaces.
 *
 * A service must name its controller: without a class the cloud provider of EKS makes a classic load balancer, which
 * faces the internet unless told otherwise, where the AWS Load Balancer Controller's are internal by default (its
 * annotation `scheme`). Classes of io.cilium make none of AWS.
 */
export function publicLoadBalancerRule(namespaces: readonly string[]): AdmissionRule {
  const allowed = namespaces.length > 0 ? [...namespaces].sort().join(", ") : "none";
  const scheme = (prefix: string) => `variables.annotations[?'${prefix}scheme'].orValue('internal')`;
  return {
    name: "public-load-balancers",
    resources: [SERVICES, INGRESSES, GATEWAYS, GATEWAY_SETTINGS],
    conditions: CONTENT_CHANGES,
    variables: {
      annotations: ANNOTATIONS,
      inherited: "object.kind == 'Gateway' ? dyn(object).spec.?infrastructure.?annotations.orValue({}) : {}",
      schemes: `[
        ${scheme(SERVICE_PREFIX)},
        ${scheme(INGRESS_PREFIX)},
        variables.inherited[?'${service("scheme")}'].orValue('internal'),
        object.kind == 'LoadBalancerConfiguration' ? string(dyn(object).spec.?scheme.orValue('internal')) : 'internal'
      ]`,
      isLoadBalancer: "object.kind == 'Service' && dyn(object).spec.?type.orValue('') == 'LoadBalancer'",
      class: "object.kind == 'Service' ? dyn(object).spec.?loadBalancerClass.orValue('') : ''",
      isPublicNamespace: `object.metadata.namespace in ${celList(namespaces)}`,
    },
    validations: [
      {
        expression: "variables.isPublicNamespace || variables.schemes.all(s, s == 'internal')",
        message: `${WHERE} + ': a load balancer that faces the internet is not allowed in namespace ' + object.metadata.namespace + ' (allowed in: ${allowed}); set the scheme to internal'`,
      },
      {
        expression: `variables.isPublicNamespace || !variables.isLoadBalancer || variables.class == 'service.k8s.aws/nlb' || variables.class.startsWith('io.cilium/')`,
        message: `${WHERE} + ': a load balancer without spec.loadBalancerClass service.k8s.aws/nlb would face the internet; set it'`,
      },
      {
        // The cloud provider's old annotation, which the controller reads where scheme is absent.
        expression: `variables.isPublicNamespace || variables.annotations[?'${service("internal")}'].orValue('true') == 'true'`,
        message: `${WHERE} + ': ${service("internal")} must be true, or be removed'`,
      },
    ],
  };
}

/**
 * Fields of a LoadBalancerConfiguration that a team may use, by the same measure as `ownLoadBalancerAnnotations` (AWS Load
 * Balancer Controller 3.5, config/crd/gateway).
 */
const ownSettings: readonly string[] = [
  ...["scheme", "listenerConfigurations", "ipAddressType", "sourceRanges", "enableICMP"],
  ...["defaultTargetGroupConfiguration", "mergingMode"],
];

/** Only these annotations for load balancers, in all namespaces. One that ends in `*` stands for all that begin so. */
export function loadBalancerAnnotationRule(annotations: readonly string[]): AdmissionRule {
  const exact = annotations.filter((each) => !each.endsWith("*"));
  const prefixes = annotations.filter((each) => each.endsWith("*")).map((each) => each.slice(0, -1));
  return {
    name: "load-balancer-annotations",
    resources: [SERVICES, INGRESSES, GATEWAY_SETTINGS],
    conditions: CONTENT_CHANGES,
    variables: {
      annotations: ANNOTATIONS,
      refusedSettings: `object.kind == 'LoadBalancerConfiguration' ? dyn(object).?spec.orValue({}).map(k, k).filter(k, !(k in ${celList(ownSettings)})) : []`,
      refused: `variables.annotations.map(k, k).filter(k, ${celList([SERVICE_PREFIX, INGRESS_PREFIX])}.exists(p, k.startsWith(p)) && !(k in ${celList(exact)}) && !${celList(prefixes)}.exists(p, k.startsWith(p)))`,
    },
    validations: [
      {
        expression: "variables.refused.size() == 0",
        message: `${WHERE} + ': load balancer annotations that are not allowed: ' + variables.refused.join(', ')`,
      },
      {
        expression: "variables.refusedSettings.size() == 0",
        message: `${WHERE} + ': load balancer settings that are not allowed: ' + variables.refusedSettings.join(', ')`,
      },
    ],
  };
}
