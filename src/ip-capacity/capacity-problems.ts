import { listed } from "../text/listed";
import { counted, figure, plural } from "../text/counted";
import { capacityError, type CapacityProblem, capacityWarning, mergeAlike } from "./capacity-problem";
import { subnetNouns, type SubnetReport, type ZoneReport } from "./capacity-zones";
import { type DensityProblemProps, densityProblems } from "./density-problems";
import { usesCilium } from "./pod-density-mode";
import type { PrefixReport } from "./prefix-report";
import { formatQuotaCheck, type QuotaCheck } from "./quotas";
import type { ZoneLoss } from "./zone-loss";

export interface ProblemProps extends DensityProblemProps {
  readonly zones: readonly ZoneReport[];
  readonly losses: readonly ZoneLoss[];
  readonly heldBeyondNeed: number;
  readonly prefixes: PrefixReport | null;
  readonly quotas: readonly QuotaCheck[];
}

/** Everything that does not fit, errors first. */
export function capacityProblems(props: ProblemProps): readonly CapacityProblem[] {
  const all = [
    ...densityProblems(props),
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
    const [have, needs] = alike.length > 1 ? ["have each", "need"] : ["has", "needs"];
    const message =
      `${subnetNouns[subnet]} ${plural("subnet", alike.length)}` +
      ` ${alike.map(({ cidr }) => cidr).join(", ")} ${have} ${figure(usable)} usable addresses and` +
      ` ${needs} ${figure(need)}: ${figure(need - usable)} are missing`;
    const subjects = alike.map(({ zone }) => zone.zone);
    const remedy = subnetRemedies(first, helpfulChanges);
    return [capacityError({ code: "subnet-too-small", subjects, subnet, message, remedy })];
  });
}

function subnetRemedies(
  { zone, subnet }: { readonly zone: ZoneReport; readonly subnet: SubnetReport },
  helpfulChanges: readonly string[],
): string {
  const { largestDensity: density, mostNodes } = zone;
  const size = subnet.smallestPlace === null ? [] : [subnet.smallestPlace];
  if (subnet.subnet === "public") return [...size, "fewer load balancers"].join(", or ");
  return [
    ...size,
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
      : `loss of ${failing.map((loss) => listed(loss.lost)).join(", or of ")}`;
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
  return [
    capacityError({
      code: "zone-loss",
      subject,
      subjects: [...new Set(failing.flatMap((loss) => loss.lost))],
      subnet: worst?.subnet ?? null,
      message,
      remedy: "larger subnets, more zones, or fewer nodes",
    }),
  ];
}

function heldProblems({ input, zones, heldBeyondNeed }: ProblemProps): readonly CapacityProblem[] {
  if (heldBeyondNeed === 0) return [];
  return zones.flatMap(({ zone, fits, nodes, subnets }) => {
    const last = subnets.filter(({ subnet }) => subnet !== "public").at(-1);
    const held = heldBeyondNeed * nodes.total;
    if (!fits || last === undefined || held <= last.free) return [];
    const message =
      `it fits by count, but the CNI holds up to ${heldBeyondNeed} more addresses on each node,` +
      ` ${figure(held)} in all, and ${figure(last.free)} are free`;
    const remedy = usesCilium(input.mode)
      ? "a larger subnet"
      : "set WARM_IP_TARGET and MINIMUM_IP_TARGET, or a larger subnet";
    return [
      capacityWarning({ code: "held-addresses", subjects: [zone], subnet: last.subnet, message, remedy }),
    ];
  });
}

function fragmentation({ prefixes }: ProblemProps): readonly CapacityProblem[] {
  return (prefixes?.zones ?? []).flatMap((each) => {
    const { zone, tier, blocksNeeded, blocksReserved, singleAddresses, atRandom, blocksMissing } = each;
    const problem = { code: "fragmentation" as const, subjects: [zone], subnet: tier };
    if (blocksMissing > 0) {
      const message = `the subnet has room for ${blocksNeeded - blocksMissing} of ${blocksNeeded} blocks of 16, warm ones included`;
      return [capacityWarning({ ...problem, message, remedy: "fewer warm prefixes, or a larger subnet" })];
    }
    if (blocksReserved >= blocksNeeded || atRandom === null || atRandom.expectedFree >= blocksNeeded)
      return [];
    const message =
      `${blocksNeeded} blocks of 16 are needed; with ${singleAddresses} single addresses anywhere in the subnet` +
      ` ${atRandom.expectedFree.toFixed(1)} of ${atRandom.blocks} stay whole on average` +
      (blocksReserved > 0 ? `, and ${blocksReserved} are reserved` : "");
    return [capacityWarning({ ...problem, message, remedy: "subnet CIDR reservations of type prefix" })];
  });
}

function quotaProblem(check: QuotaCheck): CapacityProblem {
  const { quota, limitFrom } = check;
  const problem = { code: "quota" as const, subjects: [quota], message: formatQuotaCheck(check) };
  return limitFrom === "given"
    ? capacityError({ ...problem, remedy: "ask AWS for more" })
    : capacityWarning({
        ...problem,
        remedy: "say what the account has (capacity.quotas), or ask AWS for more",
      });
}

function unlimitedPool(name: string): CapacityProblem {
  return capacityWarning({
    code: "unlimited-pool",
    subjects: [name],
    message: "the pool has no CPU limit, so it can take every address",
    remedy: "set limits.cpus",
  });
}
