import { endName } from "../../src/reachability/needs/need";
import type { JudgedNeed } from "../../src/reachability/path/judge-needs";
import { waysFromInternet, waysToInternet } from "../../src/reachability/path/open-ways";
import { reachOf, sampleTargets } from "./support";

/** Read by a person against the configuration; docs/reachability.md has the same as a table. */
const TO_INTERNET: Readonly<Record<string, string>> = {
  "prod/us-east-1":
    "all but edge/*, payments/*, payments/ledger, payments/orders, payments/orders-next, payments/receipts",
  "prod/us-west-2": "all but edge/*, payments/*",
  "staging/eu-west-1": "all but payments/*",
  "autoscaling/us-east-1": "all but shop/*, shop/billing, shop/orders",
  "pod-groups-chaining/us-east-1": "all but orders/*, payments/*",
  "pod-security-groups/us-east-1": "all but orders/*, payments/*",
  "policies/us-east-1": "all but agents/*, default/*, edge/*, reports/*, shop/*; shop/* to api.stripe.com",
  "policies-vpc-cni/us-east-1": "all but reports/*, shop/*",
  "prod/eu-west-1": "nobody",
  "autoscaling-overlay/us-east-1": "nobody",
  "regulated-firewall/us-east-1": "undecided at firewall",
  "regulated-proxy/us-east-1": "undecided at proxy",
  "regulated-tgw/us-east-1": "undecided at transit gateway",
};

const FROM_INTERNET: Readonly<Record<string, string>> = {
  "policies/us-east-1": "edge/* 8443",
  "policies-vpc-cni/us-east-1": "shop/* 8080",
};

test.each(sampleTargets.map((target) => [target.name, target] as const))(
  "who may call the internet from %s, and be called from it",
  (name, target) => {
    const { world, judged } = reachOf(target);
    const from = waysFromInternet(world, judged).filter(({ verdict }) => verdict !== "denied");

    expect(told(waysToInternet(world, judged))).toBe(TO_INTERNET[name] ?? "all");
    expect(from.map(({ need }) => `${endName(need.to)} ${need.port}`).join(", ")).toBe(
      FROM_INTERNET[name] ?? "",
    );
  },
);

function told(ways: readonly JudgedNeed[]): string {
  const whole = ways.filter(({ need }) => need.to.kind === "internet");
  const named = (some: readonly JudgedNeed[]) =>
    some
      .map(({ need }) => endName(need.from))
      .sort()
      .join(", ");
  const closed = whole.filter(({ verdict }) => verdict === "denied");
  const doubt = [...new Set(whole.flatMap(({ verdict, end }) => (verdict === "undecided" ? [end?.at] : [])))];
  const parts = ways.filter(({ need, verdict }) => need.to.kind !== "internet" && verdict === "allowed");
  const all =
    doubt.length > 0
      ? `undecided at ${doubt.join(", ")}`
      : closed.length === 0
        ? "all"
        : closed.length === whole.length
          ? "nobody"
          : `all but ${named(closed)}`;
  return [all, ...parts.map(({ need }) => `${endName(need.from)} to ${endName(need.to)}`)].join("; ");
}
