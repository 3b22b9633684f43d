import { isCalledOnNodes } from "../../../src/model/pod-network";
import { countByKind } from "../../../src/reachability/path/judge-needs";
import { reachOf, sample, sampleTargets, unmet } from "../support";

describe.each(sampleTargets.map((each) => [each.name, each] as const))("%s", (_, target) => {
  const reach = reachOf(target);

  test("reaches all that the platform and its services need", () => {
    expect(unmet(reach.judged)).toEqual([]);
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
    "kubelet",
    "AWS",
    "images",
    "outside",
    "declared call",
  ]);
});
