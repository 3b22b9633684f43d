import { fromJson } from "../../src/guardrails/read/expression";
import type { Resource } from "../../src/guardrails/resource";
import { allowedRegistries } from "../../src/model/namespaces";
import type { Target } from "../../src/model/target";
import { sampleTargets } from "../reachability/support";
import { chartFaults } from "../admission/chart-fault-cases";
import { admissionFaults } from "../admission/fault-cases";
import { resourcesOf } from "../admission/support";
import { AdmissionCluster, type Compared } from "../support/admission-cluster";
import { podSpec } from "../support/admission-objects";
import { describeOnCluster, START_TIMEOUT_MS } from "../support/offline-cluster";

/** Samples whose namespaces hold something against pods. */
const governed = sampleTargets.filter(
  ({ policies, namespaces }) => policies && Object.keys(namespaces).length > 0,
);

/** Beside the services of a sample two pods of a team's in each of its namespaces, so that each is asked for both answers. */
function withTeamPods(target: Target): Resource[] {
  const resources = resourcesOf(target);
  const [registry = ""] = target.policies
    ? allowedRegistries(target.config, target.policies, target.region)
    : [];
  const pods = { team: `${registry}/team:1.0`, stranger: "quay.io/stranger:1.0" };
  return [
    ...resources,
    ...Object.keys(target.namespaces).flatMap((namespace) =>
      Object.entries(pods).map(([name, image]): Resource => {
        const pod = {
          apiVersion: "v1",
          kind: "Pod",
          metadata: { name, namespace },
          spec: podSpec({ image }),
        };
        const attributes = fromJson(pod) as Resource["attributes"];
        return { type: "k8s:Pod", address: name, stack: "test", source: "input", attributes };
      }),
    ),
  ];
}

const differing = (rows: readonly Compared[]) => rows.filter(({ ours, server }) => ours !== server);

describeOnCluster("admission, beside a real API server", (cluster) => {
  let admission: AdmissionCluster;

  beforeAll(() => {
    admission = new AdmissionCluster(cluster());
  });

  test.each(governed.map((target) => [target.name, target] as const))(
    "says of every pod of %s what it says",
    async (_name, target) => {
      const resources = withTeamPods(target);
      await admission.enforce(resources);

      const rows = await admission.compare(resources);

      expect(rows.map(({ server: taken }) => taken)).toEqual(expect.arrayContaining([true, false]));
      expect(differing(rows)).toEqual([]);
    },
    START_TIMEOUT_MS,
  );

  test.each([...admissionFaults, ...chartFaults])(
    "says of a fault what it says: %s",
    async (_fault, target, change) => {
      const resources = change(resourcesOf(target));
      await admission.enforce(resources);

      const rows = await admission.compare(resources);

      expect(differing(rows)).toEqual([]);
    },
    START_TIMEOUT_MS,
  );
});
