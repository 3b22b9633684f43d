import type { CapacityAnswer } from "./capacity-answer";
import { listed } from "../text/listed";
import { counted, figure } from "../text/counted";
import type { CapacityReport } from "./reported-capacity";
import { subnetNouns } from "./capacity-zones";
import type { ModeAdvice } from "./mode-advice";
import { podsUseVpcIpv4 } from "./pod-density-mode";

type Answered = Omit<CapacityReport, "answers">;

/** The seven answers, each in words and figures of the report. */
export function capacityAnswers(report: Answered): readonly CapacityAnswer[] {
  return [
    { id: "fits", question: "Are the subnets large enough?", answer: fits(report) },
    { id: "steady-need", question: "What does a zone need steadily?", answer: need(report, ["steady"]) },
    {
      id: "surge-and-burst-need",
      question: "What do upgrades and bursts need on top?",
      answer: need(report, ["surge", "burst"]),
    },
    {
      id: "instance-types",
      question: "Which instance types reach the pod density?",
      answer: instanceTypes(report),
    },
    {
      id: "prefix-delegation",
      question: "Would prefix delegation help?",
      answer: changes(
        report,
        ["prefix-delegation"],
        podsUseVpcIpv4(report.mode) ? "it is in use" : "pods take no IPv4 address of the VPC",
      ),
    },
    {
      id: "custom-networking-or-ipv6",
      question: "Are custom networking, overlay or IPv6 worth evaluating?",
      answer: changes(
        report,
        ["custom-networking", "overlay", "ipv6"],
        "pods take no IPv4 address of the VPC",
      ),
    },
    {
      id: "metrics",
      question: "What should be watched?",
      answer: report.metrics.map(({ metric }) => metric).join("; "),
    },
  ];
}

function fits({ zones }: Answered): string {
  const subnets = zones.flatMap(({ zone, subnets: all }) => all.map((subnet) => ({ zone, subnet })));
  const short = subnets
    .filter(({ subnet }) => !subnet.fits)
    .map(({ zone, subnet }) => ({
      zone,
      text: `${figure(subnet.usable)} addresses in the ${subnetNouns[subnet.subnet]} subnet and ${figure(subnet.need)} needed`,
    }));
  if (short.length > 0) return `no: ${byZone(short, zones.length)}`;
  const [first, ...others] = subnets;
  if (first === undefined) return "yes";
  const least = others.reduce((low, each) => (each.subnet.free < low.subnet.free ? each : low), first);
  return `yes, with ${figure(least.subnet.free)} free in ${least.zone} ${least.subnet.cidr}`;
}

function need({ zones }: Answered, parts: readonly ("steady" | "surge" | "burst")[]): string {
  const figures = zones.map(({ zone, nodes, subnets }) => {
    const of = parts.map((part) => {
      const addresses = subnets.reduce((total, subnet) => total + subnet.parts[part], 0);
      return `${figure(addresses)}${parts.length > 1 ? ` ${part}` : ""} (${counted(nodes[part], "node")})`;
    });
    return { zone, text: listed(of) };
  });
  return byZone(figures, zones.length);
}

/** One text for all zones where all have the same. */
function byZone(texts: readonly { readonly zone: string; readonly text: string }[], zones: number): string {
  const [first] = texts;
  if (first === undefined) return "no zone";
  const same = texts.length === zones && texts.every(({ text }) => text === first.text);
  return same ? `${first.text}, in each zone` : texts.map(({ zone, text }) => `${zone} ${text}`).join("; ");
}

function instanceTypes({ instanceTypes: advice, densities, maxPodsWanted }: Answered): string {
  const today = densities
    .map(({ name, maxPods, heldBackBy, podEnis, types }) => {
      const branches = types.some(({ trunk }) => trunk)
        ? `, up to ${podEnis} of them on branch interfaces`
        : "";
      const by = heldBackBy.length > 0 ? `, held back by ${heldBackBy.slice(0, 3).join(", ")}` : "";
      return `${name} ${maxPods === null ? "cannot" : `${maxPods >= maxPodsWanted ? "does" : "does not"} (${maxPods}${branches}${by})`}`;
    })
    .join("; ");
  const cheapest = advice.types
    .slice(0, 3)
    .map(
      ({ instanceType, maxPods, onDemandUsdPerHour }) =>
        `${instanceType} (${maxPods}, $${onDemandUsdPerHour}/h)`,
    )
    .join(", ");
  const others = `${figure(advice.reaching)} types reach ${maxPodsWanted}, cheapest in ${advice.priceRegion}: ${cheapest || "none has a price"}`;
  return [today, others].filter((part) => part !== "").join(". ");
}

function changes({ modes }: Answered, wanted: readonly ModeAdvice["change"][], none: string): string {
  const found = modes.filter(({ change }) => wanted.includes(change));
  if (found.length === 0) return none;
  if (found.every(({ needed }) => !needed))
    return "not needed: neither addresses nor pods per node are short";
  return found
    .map(
      ({ change, helps, why }) => `${wanted.length > 1 ? `${change}: ` : ""}${helps ? "yes" : "no"}, ${why}`,
    )
    .join(". ");
}
