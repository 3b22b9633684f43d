import type { Manifest } from "../manifest-release";
import { serviceSelector, type Workload } from "./workload";

interface Caller {
  readonly namespace: string;
  /** Ports of the service by name; left out: all. */
  readonly ports?: readonly string[];
}

/** Who may call a service of the mesh, by what the mesh knows of them. */
export interface MeshCallers {
  readonly trustDomain: string;
  /** Services, whose account is their identity. */
  readonly services: readonly (Caller & { readonly name: string })[];
  readonly namespaces: readonly Caller[];
}

/** Under the mesh's default deny: the declared callers, on the ports that each declares. Undefined: nobody calls it. */
export function meshAuthorization(
  { app, namespace, ports }: Pick<Workload, "app" | "namespace" | "ports">,
  { trustDomain, services, namespaces }: MeshCallers,
): Manifest | undefined {
  const calledPorts = ({ ports: names }: Caller): string =>
    ports
      .filter(({ name }) => names?.includes(name) ?? true)
      .map(({ targetPort }) => String(targetPort))
      .join();
  const rules = distinct([...services, ...namespaces].map(calledPorts)).map((called) => {
    const here = (caller: Caller) => calledPorts(caller) === called;
    const principals = services
      .filter(here)
      .map(({ namespace: ns, name }) => `${trustDomain}/ns/${ns}/sa/${name}`);
    const whole = namespaces.filter(here).map(({ namespace: ns }) => ns);
    return {
      from: [
        ...(principals.length > 0 ? [{ source: { principals: distinct(principals) } }] : []),
        ...(whole.length > 0 ? [{ source: { namespaces: distinct(whole) } }] : []),
      ],
      to: [{ operation: { ports: called.split(",") } }],
    };
  });
  if (rules.length === 0) return undefined;
  return {
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `${app}-callers`, namespace },
    spec: {
      selector: { matchLabels: serviceSelector({ app }) },
      action: "ALLOW",
      rules,
    },
  };
}

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].sort();
