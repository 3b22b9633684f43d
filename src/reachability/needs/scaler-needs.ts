import { formatCidr } from "../../ip-capacity/cidr";
import type { Target } from "../../model/target";
import type { ReachWorld } from "../path/reach-world";
import type { Need } from "./need";

/** Brokers of Kafka that KEDA asks: no part of AWS's API, but addresses in the VPC or a peer of it. */
export function brokerNeeds({ platform }: ReachWorld, { config }: Target): Need[] {
  const keda = platform.find(({ pods }) => pods.name.endsWith("/keda-operator"))?.pods;
  if (keda === undefined) return [];
  return Object.entries(config.keda?.kafka ?? {}).flatMap(([name, { cidrs }]) =>
    cidrs.map((range): Need => ({
      kind: "outside",
      from: { kind: "pods", pods: keda },
      to: { kind: "range", range: formatCidr(range) },
      port: 9098,
      protocol: "TCP",
      why: `KEDA asks ${name} for the lag of consumers`,
      source: `keda.kafka.${name}; port: Amazon MSK Developer Guide, "Port information" (IAM access control)`,
      setting: `keda.kafka.${name}.cidrs`,
    })),
  );
}
