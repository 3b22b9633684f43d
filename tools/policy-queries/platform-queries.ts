import type { Target } from "../../src/model/target";
import { openTelemetryPorts } from "../../src/components/opentelemetry-operator/record";
import type { PlatformPorts } from "../../src/components/component";
import { addressAt } from "../../src/ip-capacity/cidr";
import { networkOf } from "./baseline-queries";
import { bystander, type OracleQuery } from "./queries";
import { usedRecords } from "../../src/model/used-components";
import { closedPorts } from "../../src/components/namespaces";

/** A port that no part of the platform listens on. */
const OTHER_PORT = 31337;

/** The platform's own namespaces: who calls their webhooks, what Prometheus reads, what nobody else may. */
export function platformQueries(target: Target): OracleQuery[] {
  if (target.policyEnforcer === undefined) return [];
  return closedNamespaces(target).flatMap(([namespace, ports]) => queriesOf(namespace, ports, target));
}

function closedNamespaces({ config }: Target): [string, PlatformPorts][] {
  const closed = usedRecords(config)
    .flatMap(({ namespaces = {} }) => Object.keys(namespaces))
    .flatMap((name): [string, PlatformPorts][] => {
      const ports = closedPorts(name);
      return ports === undefined ? [] : [[name, ports]];
    });
  const collector = config.observability?.openTelemetry?.namespace;
  return [
    ...closed,
    ...(collector === undefined ? [] : [[collector, openTelemetryPorts] as [string, PlatformPorts]]),
  ];
}

function queriesOf(namespace: string, { open, metrics }: PlatformPorts, target: Target): OracleQuery[] {
  const { config } = target;
  const network = networkOf(config);
  const pod = bystander(namespace);
  const [subnet] = target.subnets.get("controlPlane")?.values() ?? [];
  const address = subnet && addressAt(subnet, 5);
  const controlPlane =
    address !== undefined && network === "cilium" ? { entity: "kube-apiserver", ip: address } : address;
  const ask = (
    name: string,
    from: OracleQuery["from"],
    port: number,
    expect: "allowed" | "denied",
  ): OracleQuery => ({
    name: `${namespace}: ${name}`,
    from,
    to: pod,
    port,
    expect: { [network]: expect },
  });
  const stranger = bystander("some-other");
  return [
    ...open.flatMap((port) =>
      controlPlane === undefined ? [] : [ask("the control plane calls it", controlPlane, port, "allowed")],
    ),
    ...metrics.map((port) => ask("Prometheus reads it", "prometheus", port, "allowed")),
    ...metrics
      .filter((port) => !open.includes(port))
      .map((port) => ask("nobody else reads its metrics", stranger, port, "denied")),
    ask("its own pods reach each other", pod, OTHER_PORT, "allowed"),
    ask("no other port is open", stranger, OTHER_PORT, "denied"),
  ];
}
