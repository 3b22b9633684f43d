import { controlPlaneUsdPerHour, supportEnd } from "../facts/eks-calendar";
import { formatCidr } from "../ip-capacity/cidr";
import { interfaceServices } from "../facts/endpoint-services";
import { unreachedServices } from "../facts/endpoint-reach";
import { type Component, pinOf } from "../releases/components";
import { misfits } from "../releases/matrix/matrix";
import { acceleratorWarnings } from "./accelerator-warnings";
import { prefixReservationsWanted } from "./capacity-of";
import { undeclaredQuotas } from "./checks/capacity-checks";
import { fleetFindings } from "./fleet-findings";
import type { LoadOptions } from "./load-fleet";
import { fitSettings } from "./fit-settings";
import { istioOf } from "./mesh";
import { unscaledGroups } from "./node-room";
import { routedRanges } from "./routed-ranges";
import type { Fleet, Target } from "./target";
import { usedComponents } from "./used-components";
import { judge } from "./waivers";

/** What a synthesis tells of these targets and goes on: one line each, with the targets that it is about. */
export function fleetWarnings(
  fleet: Fleet,
  { asOf }: LoadOptions = {},
  targets: readonly Target[] = fleet.targets,
): string[] {
  const lines = new Map<string, string[]>();
  for (const target of targets) {
    for (const line of targetWarnings(target)) lines.set(line, [...(lines.get(line) ?? []), target.name]);
  }
  return [
    ...[...lines].map(
      ([line, names]) => `${line} (${names.length > 2 ? `${names.length} targets` : names.join(", ")})`,
    ),
    ...judge(
      fleetFindings(fleet).filter(({ target }) => targets.includes(target)),
      targets,
      asOf,
    ).warnings,
  ];
}

function targetWarnings(target: Target): string[] {
  const used = usedComponents(target.config);
  return [
    ...unverifiedWarning(target, used),
    ...overrideWarnings(target),
    ...testedWarnings(target, used),
    ...supportWarning(target),
    ...quotaWarnings(target),
    ...unreachableWarning(target),
    ...unscaledWarning(target),
    ...unroutedWarnings(target),
    ...nginxWarning(target),
    ...encryptionWarning(target),
    ...bgpWarning(target),
    ...prefixFallbackWarning(target),
    ...acceleratorWarnings(target),
  ];
}

/** cilium/cilium#46644, open in October 2026: pkg/aws/eni/node.go, IsPrefixDelegated is false once an ENI has single addresses. */
function prefixFallbackWarning(target: Target): string[] {
  const { cni, network } = target.config;
  if (cni.kind !== "cilium-eni" || !cni.prefixDelegation) return [];
  if (prefixReservationsWanted(network) !== false) return [];
  const tier = network.subnets.pods === undefined ? "nodes" : "pods";
  return [
    `network.subnets.${tier}.reservePrefixes: false: a node that finds no whole /28 block gets single addresses and never returns to prefixes (cilium/cilium#46644): it takes fewer pods until it is replaced`,
  ];
}

/** EKS keeps a managed group at its desired size; Karpenter makes nodes of its own, and the Cluster Autoscaler is not ours. */
function unscaledWarning({ config }: Target): string[] {
  if (config.karpenter !== undefined || unscaledGroups(config).length === 0) return [];
  return [
    "nodes: a managed group keeps its first size whatever its max, so pods that need more wait; add karpenter, or write the size that you need as min and max",
  ];
}

/** Best-effort maintenance of ingress-nginx ended in March 2026; 4.15.1 is the last chart (kubernetes/ingress-nginx, README). */
function nginxWarning({ config: { ingress } }: Target): string[] {
  if (ingress?.nginx === undefined) return [];
  return [`ingress.nginx: retired, no fixes since March 2026; kept because: ${ingress.nginx.reason}`];
}

/** Cilium, "Integration with Istio": both work, and each costs CPU and latency. */
function encryptionWarning({ config: { mesh, cni, identity } }: Target): string[] {
  if (istioOf(mesh) === undefined) return [];
  const twice = [
    ...("encryption" in cni && cni.encryption === "wireguard" ? ["cni.encryption: wireguard"] : []),
    ...(identity?.kind === "cilium" ? ["identity.kind: cilium"] : []),
  ];
  return twice.map((setting) => `${setting} beside an Istio mesh protects the same traffic a second time`);
}

/** EC2 user guide, "Elastic network interfaces": the check is on for every interface, and no launch template turns it off. */
function bgpWarning({ config: { cni } }: Target): string[] {
  if (!("bgp" in cni) || cni.bgp === undefined) return [];
  return [
    "cni.bgp: EC2 drops what comes for addresses that are not the interface's own; turn the source/destination check of these nodes off (docs/components/cilium-routing.md)",
  ];
}

/** Most accounts have more than AWS's defaults, and only their owners know. */
function quotaWarnings(target: Target): string[] {
  return undeclaredQuotas(target).map(
    (quota) =>
      `more ${quota} than AWS's default quota; write what the account has in capacity.quotas.${quota}`,
  );
}

/** Services of AWS's that a target without any egress can't call. */
function unreachableWarning({ config: { network }, region }: Target): string[] {
  if (network.egress.kind !== "none") return [];
  const { set, additional } = network.endpoints;
  const unreached = unreachedServices(region, interfaceServices(set, additional));
  const names = unreached.map(({ service }) => service).join(", ");
  const possible = unreached.flatMap(({ endpoint }) => endpoint ?? []);
  const remedy =
    possible.length === 0
      ? ""
      : ` (network.endpoints.additional: [${possible.join(", ")}] makes those that there are)`;
  return [`no egress, and no endpoint leads to ${names}: see docs/egress.md${remedy}`];
}

/** Networks that are let in and that no route of the platform's leads back to. */
function unroutedWarnings(target: Target): string[] {
  return routedRanges(target).flatMap(({ path, ranges, via }) => {
    if (via.kind !== "elsewhere" || via.said) return [];
    const key = path.join(".");
    return [
      `${key}: no route leads back to ${ranges.map(formatCidr).join(", ")}; write ${key}.via: <transit gateway>, or via: elsewhere where somebody else adds the routes`,
    ];
  });
}

function unverifiedWarning({ release }: Target, used: readonly Component[]): string[] {
  const pins = used
    .map((component) => ({ component, ...pinOf(release, component) }))
    .filter(({ verified, override }) => !verified && override === undefined)
    .map(({ component, version }) => `${component} ${version}`);
  if (pins.length === 0) return [];
  return [`release ${release.name} has unverified pins (octarine release show says why): ${pins.join(", ")}`];
}

function overrideWarnings({ release, config }: Target): string[] {
  return Object.entries(config.versions).flatMap(([component, override]) =>
    override === undefined
      ? []
      : [
          `versions.${component}: ${override.version} in place of release ${release.name}: ${override.reason}`,
        ],
  );
}

function testedWarnings({ release, config }: Target, used: readonly Component[]): string[] {
  return misfits(release, fitSettings(config)).flatMap(({ level, components: [first], message, remedy }) => {
    if (level !== "warn" || first === undefined || !used.includes(first)) return [];
    if (remedy === undefined) return [message];
    return [`release ${release.name}, ${first} ${pinOf(release, first).version}: ${message}; ${remedy}`];
  });
}

/** Hours of a month as AWS counts them in its price examples. */
const HOURS_PER_MONTH = 730;

/** Without `supportPolicy: extended` such a cluster is refused, so here it is a choice whose price is said. */
function supportWarning({ release }: Target): string[] {
  const { version } = release.kubernetes;
  const end = supportEnd(version);
  if (end === undefined || !end.standardEnded) return [];
  const { standard, extended } = controlPlaneUsdPerHour;
  const extra = Math.round((extended - standard) * HOURS_PER_MONTH);
  return [
    `Kubernetes ${version} is in extended support from ${end.standard} to ${end.extended}: ${extended.toFixed(2)} USD per` +
      ` cluster hour in place of ${standard.toFixed(2)}, ${extra} USD more a month for each cluster`,
  ];
}
