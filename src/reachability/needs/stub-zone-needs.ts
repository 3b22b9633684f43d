import type { MeshPods } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";
import type { Need } from "./need";
import type { StubZone } from "./stub-zones";

export function coreDnsPods({ platform }: Pick<ReachWorld, "platform">): MeshPods[] {
  return platform.filter(({ component }) => component === "coredns").map(({ pods }) => pods);
}

/** CoreDNS hands a query on by the protocol that it came by (CoreDNS, plugin forward, without `force_tcp`). */
export function stubZoneNeeds(world: ReachWorld): Need[] {
  return coreDnsPods(world).flatMap((pods) =>
    world.stubZones.flatMap((zone) =>
      zone.servers.flatMap((server) =>
        (["UDP", "TCP"] as const).map((protocol) => stubQuery(pods, zone, server, protocol)),
      ),
    ),
  );
}

export function stubQuery(
  pods: MeshPods,
  { domain }: StubZone,
  server: string,
  protocol: Need["protocol"],
): Need {
  return {
    kind: "DNS",
    from: { kind: "pods", pods },
    to: { kind: "range", range: `${server}/32` },
    port: 53,
    protocol,
    why: `${pods.name} asks ${server} for names of ${domain}`,
    source: "CoreDNS' Corefile",
    setting: "network.dns.coreDns.stubZones",
  };
}
