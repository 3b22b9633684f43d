import { isCalledOnNodes } from "../../../src/model/pod-network";
import { countByKind } from "../../../src/reachability/path/judge-needs";
import { unusedOf } from "../../../src/reachability/path/unused";
import { ended, reachOf, sample, sampleTargets, unmet } from "../support";

/** Transit gateways, servers and proxies of others, security groups that are given by id, and load balancers that controllers make. */
const ELSEWHERE = [
  /at transit gateway: .* is said by its own route tables, which are not in the stacks$/,
  /at name resolution: .* neither the way behind the transit gateway nor the address is in the stacks$/,
  /at security group of the sender: the rules of sg-[\w, -]+ are not in the stacks$/,
  /at name resolution: no public server answers for [\w.]+\.internal, and no private zone and no rule for it is in the stacks$/,
  /at proxy: .* whose own rules are not in the stacks$/,
  /, TCP (15443|2379) undecided at security group of the receiver: which interface has an address of .* is not in the stacks$/,
];

describe.each(sampleTargets.map((each) => [each.name, each] as const))("%s", (_, target) => {
  const reach = reachOf(target);

  test("reaches all that the platform and its services need", () => {
    expect(unmet(reach.judged)).toEqual([]);
  });

  test("leaves undecided only what other networks decide", () => {
    const undecided = ended(reach.judged.filter(({ verdict }) => verdict === "undecided"));

    expect(undecided.filter((each) => !ELSEWHERE.some((reason) => reason.test(each)))).toEqual([]);
  });

  test("opens nothing for nobody", () => {
    expect(unusedOf(reach.world, target.flows)).toEqual([]);
  });

  test("every webhook and aggregated API of its components is a need of the API server", () => {
    const { config, components } = target;
    const called = [...components.values()].flatMap(({ record }) =>
      Object.values(record.called?.(isCalledOnNodes(config), config) ?? {}),
    );
    const asked = reach.judged.flatMap(({ need }) => (need.kind === "webhook" ? [need.port] : []));

    expect(asked.sort()).toEqual(called.sort());
  });
});

test("a target with everything has needs of every kind", () => {
  const kinds = countByKind(reachOf(sample("prod/us-east-1")).judged).map(({ kind }) => kind);

  expect(kinds).toEqual([
    "webhook",
    "probe",
    "DNS",
    "API server",
    "Pod Identity",
    "metrics",
    "telemetry",
    "mesh",
    "gateway",
    "load balancer",
    "between nodes",
    "between parts",
    "kubelet",
    "AWS",
    "images",
    "outside",
    "declared call",
  ]);
});
