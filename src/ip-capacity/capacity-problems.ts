import type { CapacityInput } from "./capacity-input";
import type { SubnetReport, ZoneReport } from "./capacity-zones";
import type { NamedDensity } from "./default-demand";
import type { PrefixReport } from "./prefix-report";
import { formatQuotaCheck, type QuotaCheck } from "./quotas";
import { counted, figure } from "./text-layout";
import type { ZoneLoss } from "./zone-loss";

export type CapacityProblemCode =
  | "subnet-too-small"
  | "density-too-low"
  | "mode-impossible"
  | "zone-loss"
  | "held-addresses"
  | "fragmentation"
  | "quota"
  | "unlimited-pool";

/** What does not fit. An error fails synth; a warning is printed. */
export interface CapacityProblem {
  readonly code: CapacityProblemCode;
  readonly severity: "error" | "warning";
  /** The zone, node group, pool or quota it is about. */
  readonly subject: string;
  /** What is wrong and with which figures, in one line. */
  readonly message: string;
  /** What would fit. */
  readonly remedy: string;
}

export interface ProblemProps {
  readonly input: CapacityInput;
  readonly zones: readonly ZoneReport[];
  readonly densities: readonly NamedDensity[];
  readonly maxPodsWanted: number;
  /** Ways out that solve it, by name. */
  readonly helpfulChanges: readonly string[];
  readonly losses: readonly ZoneLoss[];
  readonly heldBeyondNeed: number;
  readonly prefixes: PrefixReport | null;
  readonly quotas: readonly QuotaCheck[];
}

/** Everything that does not fit, errors first. */
export function capacityProblems(props: ProblemProps): readonly CapacityProblem[] {
  const all = [
    ...props.densities.flatMap((density) => densityProblem(density, props)),
    ...subnetProblems(props),
    ...zoneLossProblems(props),
    ...heldProblems(props),
    ...fragmentation(props),
    ...props.quotas.filter(({ fits }) => !fits).map(quotaProblem),
    ...props.input.pools
      .filter(({ cpuLimit }) => cpuLimit === undefined)
      .map(({ name }) => unlimitedPool(name)),
  ];
  const merged = mergeAlike(all);
  return [
    ...merged.filter(({ severity }) => severity === "error"),
    ...merged.filter(({ severity }) => severity === "warning"),
  ];
}

/** Zones and groups of which the same is to be said share one problem. */
function mergeAlike(problems: readonly CapacityProblem[]): readonly CapacityProblem[] {
  const key = ({ code, message, remedy }: CapacityProblem) => [code, message, remedy].join("\n");
  const byKey = new Map<string, CapacityProblem>();
  for (const problem of problems) {
    const same = byKey.get(key(problem));
    const subject = same === undefined ? problem.subject : `${same.subject}, ${problem.subject}`;
    byKey.set(key(problem), { ...problem, subject });
  }
  return [...byKey.values()];
}

function densityProblem(
  density: NamedDensity,
  { densities, maxPodsWanted, helpfulChanges }: ProblemProps,
): readonly CapacityProblem[] {
  const { name, maxPods, reason, heldBackBy, mode } = density;
  if (maxPods === null) {
    return [
      error(
        "mode-impossible",
        name,
        `${mode}: ${reason ?? "impossible"}`,
        "leave the type out, or choose another mode",
      ),
    ];
  }
  if (maxPods >= maxPodsWanted) return [];
  const by = heldBackBy.length > 0 ? `, held back by ${heldBackBy.join(", ")}` : "";
  const message = `${maxPods} pods on a node, ${maxPodsWanted} are wanted${by}`;
  // Pods can go to the nodes that take them as long as there are such nodes.
  if (densities.some((other) => (other.maxPods ?? 0) >= maxPodsWanted)) {
    return [warning("density-too-low", name, message, "keep its pods few, or take other instance types")];
  }
  const remedy = [`at most ${maxPods} pods`, "other instance types", ...helpfulChanges].join(", or ");
  return [error("density-too-low", name, message, remedy)];
}

/** Zones that are short of as many addresses share one line. */
function subnetProblems({ zones, helpfulChanges }: ProblemProps): readonly CapacityProblem[] {
  const short = zones.flatMap((zone) =>
    zone.subnets.filter(({ fits }) => !fits).map((subnet) => ({ zone, subnet, cidr: subnet.cidr })),
  );
  const key = ({ zone, subnet }: (typeof short)[number]) =>
    [subnet.subnet, subnet.usable, subnet.need, zone.largestDensity, zone.mostNodes].join(" ");
  return [...new Set(short.map(key))].flatMap((each) => {
    const alike = short.filter((one) => key(one) === each);
    const [first] = alike;
    if (first === undefined) return [];
    const { subnet, usable, need } = first.subnet;
    const have = alike.length > 1 ? "have each" : "has";
    const message =
      `${subnet === "pods" ? "pod" : "node"} subnet${alike.length > 1 ? "s" : ""}` +
      ` ${alike.map(({ cidr }) => cidr).join(", ")} ${have} ${figure(usable)} usable addresses and` +
      ` need${alike.length > 1 ? "" : "s"} ${figure(need)}: ${figure(need - usable)} are missing`;
    const subject = alike.map(({ zone }) => zone.zone).join(", ");
    return [error("subnet-too-small", subject, message, subnetRemedies(first, helpfulChanges))];
  });
}

function subnetRemedies(
  { zone, subnet }: { readonly zone: ZoneReport; readonly subnet: SubnetReport },
  helpfulChanges: readonly string[],
): string {
  const { largestDensity: density, mostNodes } = zone;
  return [
    ...(subnet.smallestPrefix === null ? [] : [`a /${subnet.smallestPrefix}`]),
    ...(typeof density === "number" && density > 0 ? [`${counted(density, "pod")} per node`] : []),
    ...(mostNodes !== null && mostNodes > 0 ? [`${counted(mostNodes, "node")} in a zone`] : []),
    ...helpfulChanges,
  ].join(", or ");
}

function zoneLossProblems({ losses }: ProblemProps): readonly CapacityProblem[] {
  const failing = losses.filter(({ fits }) => !fits);
  const [first] = failing;
  if (first === undefined) return [];
  const lost = first.lost.length;
  const subject =
    failing.length === losses.length && losses.length > 1
      ? `loss of any ${lost === 1 ? "zone" : `${lost} zones`}`
      : `loss of ${failing.map((loss) => loss.lost.join(" and ")).join(", or of ")}`;
  const short = failing
    .flatMap(({ remaining }) => remaining)
    .flatMap(({ zone, subnets }) =>
      subnets.filter(({ fits }) => !fits).map((subnet) => ({ zone, ...subnet })),
    )
    .sort((a, b) => b.need - b.usable - (a.need - a.usable));
  const [worst] = short;
  const message =
    worst === undefined
      ? "no zone is left"
      : `the nodes do not fit elsewhere: ${worst.zone} then needs ${figure(worst.need)} of ${figure(worst.usable)}`;
  return [error("zone-loss", subject, message, "larger subnets, more zones, or fewer nodes")];
}

function heldProblems({ zones, heldBeyondNeed }: ProblemProps): readonly CapacityProblem[] {
  if (heldBeyondNeed === 0) return [];
  return zones.flatMap(({ zone, fits, nodes, subnets }) => {
    const last = subnets.at(-1);
    const held = heldBeyondNeed * nodes.total;
    if (!fits || last === undefined || held <= last.free) return [];
    const message =
      `it fits by count, but the CNI holds up to ${heldBeyondNeed} more addresses on each node,` +
      ` ${figure(held)} in all, and ${figure(last.free)} are free`;
    return [
      warning(
        "held-addresses",
        zone,
        message,
        "set WARM_IP_TARGET and MINIMUM_IP_TARGET, or a larger subnet",
      ),
    ];
  });
}

function fragmentation({ prefixes }: ProblemProps): readonly CapacityProblem[] {
  if (prefixes === null || prefixes.reserved) return [];
  return prefixes.zones.flatMap(({ zone, blocksNeeded, singleAddresses, atRandom, blocksMissing }) => {
    if (blocksMissing > 0) {
      const message = `the subnet has room for ${blocksNeeded - blocksMissing} of ${blocksNeeded} blocks of 16, warm ones included`;
      return [warning("fragmentation", zone, message, "fewer warm prefixes, or a larger subnet")];
    }
    if (atRandom === null || atRandom.expectedFree >= blocksNeeded) return [];
    const message =
      `${blocksNeeded} blocks of 16 are needed; with ${singleAddresses} single addresses anywhere in the subnet` +
      ` ${atRandom.expectedFree.toFixed(1)} of ${atRandom.blocks} stay whole on average`;
    return [warning("fragmentation", zone, message, "subnet CIDR reservations of type prefix")];
  });
}

function quotaProblem(check: QuotaCheck): CapacityProblem {
  const { quota, limitFrom } = check;
  const given = limitFrom === "given";
  const remedy = given
    ? "ask AWS for more"
    : "say what the account has (capacity.quotas), or ask AWS for more";
  return (given ? error : warning)("quota", quota, formatQuotaCheck(check), remedy);
}

function unlimitedPool(name: string): CapacityProblem {
  return warning(
    "unlimited-pool",
    name,
    "the pool has no CPU limit, so it can take every address",
    "set limits.cpus",
  );
}

function error(code: CapacityProblemCode, subject: string, message: string, remedy: string): CapacityProblem {
  return { code, severity: "error", subject, message, remedy };
}

function warning(
  code: CapacityProblemCode,
  subject: string,
  message: string,
  remedy: string,
): CapacityProblem {
  return { code, severity: "warning", subject, message, remedy };
}
