import { isPlatformNamespace } from "../../components/namespaces";
import { type Inventory, ofType, type Resource } from "../resource";
import { type Rule, rule, show, undecided, violation } from "../rule";
import { at, entries, isAbsent, isUnknown, items, text, texts, type Value } from "../../values/value";
import { hasScheme } from "./helm";

const LB_DOCS =
  "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/";
const POLICY_DOCS = "https://kubernetes.io/docs/concepts/services-networking/network-policies/";

function nameOf({ attributes }: Resource): string {
  return show(at(attributes, "metadata", "name"));
}

/** A policy that selects all pods and by itself allows nothing. */
function isDefaultDeny({ type, attributes }: Resource): boolean {
  const spec = at(attributes, "spec");
  const empty = (value: unknown) =>
    typeof value === "object" && value !== null && Object.values(value).flat().length === 0;
  if (type === "k8s:NetworkPolicy") return empty(at(spec, "podSelector")) && isAbsent(at(spec, "ingress"));
  return (
    empty(at(spec, "endpointSelector")) &&
    [at(spec, "ingress"), at(spec, "ingressDeny")].some((each) => each !== undefined)
  );
}

/** Where pods are denied what no other policy allows. */
interface Denied {
  readonly everywhere: boolean;
  readonly namespaces: ReadonlySet<Value>;
}

const denials = new WeakMap<Inventory["resources"], Denied>();

/** Found once for all namespaces: each has policies of its own. */
function deniedOf(inventory: Inventory): Denied {
  const known = denials.get(inventory.resources);
  if (known !== undefined) return known;
  const policies = ofType(
    inventory,
    "k8s:NetworkPolicy",
    "k8s:CiliumNetworkPolicy",
    "k8s:CiliumClusterwideNetworkPolicy",
  ).filter(isDefaultDeny);
  const found = {
    everywhere: policies.some(({ type }) => type.includes("Clusterwide")),
    namespaces: new Set(policies.map(({ attributes }) => at(attributes, "metadata", "namespace"))),
  };
  denials.set(inventory.resources, found);
  return found;
}

export const clusterObjectRules: readonly Rule[] = [
  rule({
    id: "K8S-LB-SCHEME",
    area: "network",
    severity: "error",
    what: "A LoadBalancer Service says whether it is internal or faces the internet.",
    why: "The default depends on the controller and its version: what was internal is public after an upgrade.",
    remedy: "Annotate it with service.beta.kubernetes.io/aws-load-balancer-scheme.",
    reference: LB_DOCS,
    types: ["k8s:Service"],
    check: ({ attributes }) => {
      const annotations = at(attributes, "metadata", "annotations");
      if (at(attributes, "spec", "type") !== "LoadBalancer") return [];
      if (isUnknown(annotations)) return [undecided("the annotations are known after apply")];
      return hasScheme(annotations) ? [] : [violation("names no scheme")];
    },
  }),
  rule({
    id: "K8S-INGRESS-SCHEME",
    area: "network",
    severity: "error",
    what: "An Ingress of the load balancer controller states its scheme.",
    why: "Left out, the decision is in an IngressClassParams that may change, or in the controller's default.",
    remedy: "Annotate it with alb.ingress.kubernetes.io/scheme.",
    reference:
      "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/",
    types: ["k8s:Ingress"],
    check: ({ attributes }) => {
      const annotations = at(attributes, "metadata", "annotations");
      if (at(attributes, "spec", "ingressClassName") !== "alb") return [];
      if (isUnknown(annotations)) return [undecided("the annotations are known after apply")];
      return hasScheme(annotations) ? [] : [violation("names no scheme")];
    },
  }),
  rule({
    id: "K8S-INGRESS-TLS",
    area: "network",
    severity: "error",
    what: "An Ingress is encrypted.",
    why: "Otherwise anybody on the way can read cookies and tokens.",
    remedy: "Write spec.tls, or listen on HTTPS with a certificate and redirect port 80.",
    reference:
      "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/cert_discovery/",
    types: ["k8s:Ingress"],
    check: ({ attributes }) => {
      const annotations = at(attributes, "metadata", "annotations");
      const encrypted = entries(annotations).some(
        ([key, value]) =>
          key.endsWith("/certificate-arn") ||
          (key.endsWith("/listen-ports") && text(value).includes("HTTPS")),
      );
      if (isUnknown(annotations)) return [undecided("the annotations are known after apply")];
      return encrypted || !isAbsent(at(attributes, "spec", "tls"))
        ? []
        : [violation("has neither certificate nor TLS")];
    },
  }),
  rule({
    id: "K8S-INGRESS-SNIPPET",
    area: "manifests",
    severity: "error",
    what: "No Ingress brings NGINX configuration in an annotation.",
    why: "Whoever may write an Ingress could read every Secret that the controller can read (CVE-2021-25742).",
    remedy: "Use the controller's named annotations.",
    reference: "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations-risk/",
    types: ["k8s:Ingress"],
    check: ({ attributes }) =>
      entries(at(attributes, "metadata", "annotations"))
        .filter(([key]) => key.endsWith("-snippet"))
        .map(([key]) => violation(`has ${key}`)),
  }),
  rule({
    id: "K8S-EXTERNAL-IP",
    area: "manifests",
    severity: "error",
    what: "No Service takes external addresses.",
    why: "Whoever may write one takes over traffic to that address (CVE-2020-8554).",
    remedy: "Use a load balancer.",
    reference: "https://kubernetes.io/docs/concepts/services-networking/service/#external-ips",
    types: ["k8s:Service"],
    check: ({ attributes }) =>
      texts(at(attributes, "spec", "externalIPs")).map((ip) => violation(`takes ${ip}`)),
  }),
  rule({
    id: "K8S-POD-SECURITY",
    area: "manifests",
    severity: "error",
    what: "Every namespace except the platform's enforces baseline or restricted pod security.",
    why: "Without the label a namespace admits privileged pods.",
    remedy: "Label it pod-security.kubernetes.io/enforce: restricted.",
    reference: "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
    types: ["k8s:Namespace"],
    check: (resource) => {
      if (isPlatformNamespace(nameOf(resource))) return [];
      const level = at(resource.attributes, "metadata", "labels", "pod-security.kubernetes.io/enforce");
      if (isUnknown(level)) return [undecided("the labels are known after apply")];
      return level === "restricted" || level === "baseline"
        ? []
        : [violation(`enforces ${isAbsent(level) ? "nothing" : show(level)}`)];
    },
  }),
  rule({
    id: "K8S-DEFAULT-DENY",
    area: "manifests",
    severity: "error",
    what: "Every namespace except the platform's has a policy that denies what no other policy allows.",
    why: "Otherwise pods reach each other across all namespaces.",
    remedy: "Add a NetworkPolicy or CiliumNetworkPolicy that selects all pods and allows nothing.",
    reference: POLICY_DOCS,
    types: ["k8s:Namespace"],
    check: (resource, inventory) => {
      const name = nameOf(resource);
      if (isPlatformNamespace(name)) return [];
      const denied = deniedOf(inventory);
      if (denied.everywhere || denied.namespaces.has(name)) return [];
      return inventory.complete
        ? [violation("has no default deny")]
        : [undecided("policies of other stacks are not in this plan")];
    },
  }),
  rule({
    id: "K8S-POLICY-WORLD",
    area: "manifests",
    severity: "warning",
    what: "No network policy allows the whole internet on every port.",
    why: "It undoes default deny.",
    remedy: "Name ranges, host names (toFQDNs) or ports.",
    reference: POLICY_DOCS,
    types: ["k8s:NetworkPolicy"],
    check: ({ attributes }) =>
      (["ingress", "egress"] as const).flatMap((direction) =>
        items(at(attributes, "spec", direction))
          .filter((each) => {
            const peers = items(at(each, direction === "ingress" ? "from" : "to"));
            const open =
              peers.length === 0 ||
              peers.some((peer) => ["0.0.0.0/0", "::/0"].includes(text(at(peer, "ipBlock", "cidr"))));
            return open && isAbsent(at(each, "ports"));
          })
          .map(() => violation(`allows all ${direction}`)),
      ),
  }),
  rule({
    id: "K8S-MESH-MTLS",
    area: "manifests",
    severity: "error",
    what: "The mesh takes only mutual TLS.",
    why: "In permissive mode a client that sends plain text is served, without an identity to authorize.",
    remedy: "Set spec.mtls.mode to STRICT.",
    reference: "https://istio.io/latest/docs/reference/config/security/peer_authentication/",
    types: ["k8s:PeerAuthentication"],
    check: ({ attributes }) => {
      const ports = entries(at(attributes, "spec", "portLevelMtls")).map(([, each]) => at(each, "mode"));
      const modes = [at(attributes, "spec", "mtls", "mode"), ...ports];
      return modes
        .filter((mode) => mode === "PERMISSIVE" || mode === "DISABLE")
        .map((mode) => violation(`has mode ${show(mode)}`));
    },
  }),
  rule({
    id: "K8S-GATEWAY-TLS",
    area: "network",
    severity: "warning",
    what: "A mesh gateway that listens on plain HTTP redirects to HTTPS.",
    why: "Otherwise anybody on the way can read cookies and tokens.",
    remedy: "Set tls.httpsRedirect on the server, or use HTTPS.",
    reference: "https://istio.io/latest/docs/reference/config/networking/gateway/",
    types: ["k8s:Gateway"],
    check: ({ attributes }) =>
      items(at(attributes, "spec", "servers"))
        .filter(
          (each) => at(each, "port", "protocol") === "HTTP" && at(each, "tls", "httpsRedirect") !== true,
        )
        .map((each) => violation(`port ${show(at(each, "port", "number"))} is plain HTTP`)),
  }),
];
