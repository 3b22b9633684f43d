import { formatCidr } from "../../ip-capacity/cidr";
import type { CniSettings } from "../../model/settings";
import { bgpManifests } from "../../components/cilium/bgp";
import { egressGatewayManifests } from "../../components/cilium/egress-gateway";
import type { Manifest } from "../../modules/manifest";

/** Objects of Cilium's BGP control plane and of its egress gateway. */
export function ciliumRouting(cni: CniSettings): Record<string, Manifest> {
  const bgp = "bgp" in cni ? cni.bgp : undefined;
  const gateway = "egressGateway" in cni ? cni.egressGateway : undefined;
  return {
    ...(bgp &&
      prefixed(
        "bgp",
        bgpManifests({
          ...bgp,
          pods: bgp.advertise.pods,
          services: bgp.advertise.services.map(formatCidr),
        }),
      )),
    ...(gateway &&
      prefixed(
        "egress",
        egressGatewayManifests(
          Object.fromEntries(
            Object.entries(gateway.policies).map(([name, { destinations, except, ...policy }]) => [
              name,
              { ...policy, destinations: destinations.map(formatCidr), except: except.map(formatCidr) },
            ]),
          ),
        ),
      )),
  };
}

function prefixed(prefix: string, manifests: Record<string, Manifest>): Record<string, Manifest> {
  return Object.fromEntries(Object.entries(manifests).map(([key, each]) => [`${prefix}-${key}`, each]));
}
