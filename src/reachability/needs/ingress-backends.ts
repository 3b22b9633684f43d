import { at, items, text, type Value } from "../../values/value";

/** A Service that an Ingress leads to, in its own namespace. */
export interface IngressBackend {
  readonly name: string;
  /** By number or name. */
  readonly port: Value;
}

/** An action of an annotation takes the place of a Service (kubernetes-sigs/aws-load-balancer-controller v3.5.0, docs/guide/ingress/annotations.md, "actions"). */
const BY_ANNOTATION = "use-annotation";

/** Each once: every host has the same ones. */
export function servicesOf(ingress: Value): IngressBackend[] {
  const paths = items(at(ingress, "spec", "rules")).flatMap((each) => items(at(each, "http", "paths")));
  const all = [...paths.map((each) => at(each, "backend")), at(ingress, "spec", "defaultBackend")]
    .map((each) => at(each, "service"))
    .map((each) => ({
      name: text(at(each, "name")),
      port: at(each, "port", "number") ?? at(each, "port", "name"),
    }))
    .filter(({ name, port }) => name !== "" && text(port) !== BY_ANNOTATION);
  return [...new Map(all.map((each) => [`${each.name} ${text(each.port)}`, each])).values()];
}
