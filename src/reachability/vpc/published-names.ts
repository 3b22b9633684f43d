import { at, items, text, type Value } from "../../values/value";
import type { Decider } from "../hop";
import type { Keys } from "./keys";
import { targetOf } from "./network";

/** Names that external-dns gives an internal load balancer: public zones answer for them with private addresses of the VPC. */
export interface PublishedNames {
  /** Workspace of the target. */
  readonly target: string;
  readonly hosts: readonly string[];
  readonly by: Decider;
}

/** kubernetes-sigs/external-dns v0.21.0, docs/annotations/annotations.md. */
const HOSTNAME = "external-dns.alpha.kubernetes.io/hostname";
const NLB_SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";
const ALB_SCHEME = "alb.ingress.kubernetes.io/scheme";

/** Of Services, of releases whose chart makes one, and of Ingresses of Application Load Balancers. */
export function publishedNames(keys: Keys): PublishedNames[] {
  const services = [
    ...keys
      .ofType("k8s:Service")
      .map((each) => ({ each, own: at(each.attributes, "metadata", "annotations") })),
    ...keys
      .ofType("helm_release")
      .map((each) => ({ each, own: at(each.attributes, "values", "service", "annotations") })),
  ].map(({ each, own }) => ({ each, scheme: text(at(own, NLB_SCHEME)), hosts: hostsIn(at(own, HOSTNAME)) }));
  const parameters = keys.ofType("k8s:IngressClassParams").map(({ attributes }) => attributes);
  const ingresses = keys.ofType("k8s:Ingress").flatMap((each) => {
    const { metadata, spec } = each.attributes;
    const own = parameters.find(
      (one) => text(at(one, "metadata", "name")) === text(at(spec, "ingressClassName")),
    );
    if (own === undefined) return [];
    const annotations = at(metadata, "annotations");
    const scheme = text(at(own, "spec", "scheme")) || text(at(annotations, ALB_SCHEME));
    const hosts = items(at(spec, "rules")).flatMap((rule) => hostsIn(at(rule, "host")));
    // The default of the controller (kubernetes-sigs/aws-load-balancer-controller v3.5.0, docs/guide/ingress/annotations.md, "scheme").
    return [{ each, scheme: scheme || "internal", hosts: [...hosts, ...hostsIn(at(annotations, HOSTNAME))] }];
  });
  return [...services, ...ingresses]
    .filter(({ scheme, hosts }) => scheme === "internal" && hosts.length > 0)
    .map(({ each: { stack, address }, hosts }) => ({
      target: targetOf(stack),
      hosts,
      by: { stack, address },
    }));
}

function hostsIn(value: Value): string[] {
  return text(value)
    .toLowerCase()
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "");
}

/** Who publishes a name; `*.example.com` is one label before it. */
export function publisherOf(name: string, published: readonly PublishedNames[]): PublishedNames | undefined {
  const wildcard = name.replace(/^[^.]+/, "*");
  return published.find(({ hosts }) => hosts.includes(name) || hosts.includes(wildcard));
}
