import fc from "fast-check";
import { admissionWorld } from "../../src/admission/admission-world";
import type { AdmittedPod } from "../../src/admission/pods/pod";
import { fromJson } from "../../src/guardrails/read/expression";
import type { Resource } from "../../src/guardrails/resource";
import type { Manifest } from "../../src/modules/manifest";
import type { Attributes } from "../../src/values/value";
import { AdmissionCluster, type Compared, SERVER_MINOR } from "../support/admission-cluster";
import { defaultAccount, describeOnCluster, START_TIMEOUT_MS } from "../support/offline-cluster";
import { limitedSpec, randomLimits, randomSpecs } from "../support/random-pods";

/** The same ones in each run. */
const SEED = 16;

function podOf(namespace: string, spec: Attributes): AdmittedPod {
  const by = { stack: "test", address: "test" };
  return {
    name: `${namespace}/random`,
    namespace,
    labels: undefined,
    annotations: undefined,
    spec,
    by,
    injected: [],
  };
}

function asResource(manifest: Manifest): Resource {
  const attributes = fromJson(manifest) as Resource["attributes"];
  return { type: `k8s:${manifest.kind}`, address: "test", stack: "test", source: "input", attributes };
}

describeOnCluster("random pods before a real API server", (cluster) => {
  let admission: AdmissionCluster;

  beforeAll(() => {
    admission = new AdmissionCluster(cluster());
  });

  async function inNamespace(
    namespace: string,
    labels: Readonly<Record<string, string>>,
    more: readonly Manifest[],
  ) {
    const made: Manifest[] = [
      { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } },
      defaultAccount(namespace),
      ...more,
    ];
    for (const each of made) await cluster().must(each);
    const world = admissionWorld(made.map(asResource), SERVER_MINOR);
    return (spec: Attributes): Promise<Compared> => admission.judge(world, podOf(namespace, spec));
  }

  test.each(["baseline", "restricted"])(
    "Pod Security of level %s says what it says of 250 pods",
    async (level) => {
      const judge = await inNamespace(`level-${level}`, { "pod-security.kubernetes.io/enforce": level }, []);
      const rows = await judged(fc.sample(randomSpecs, { seed: SEED, numRuns: 250 }), judge);

      expect(rows.length).toBeGreaterThan(200);
      expect(rows.filter(([, { server: taken }]) => taken).length).toBeGreaterThan(20);
      expect(rows.filter(([, { ours, server: taken }]) => ours !== taken)).toEqual([]);
    },
    START_TIMEOUT_MS,
  );

  test(
    "limits say what they say of 100 pods",
    async () => {
      const rows: Row[] = [];
      for (const [index, random] of fc.sample(randomLimits, { seed: SEED, numRuns: 100 }).entries()) {
        const namespace = `limits-${index}`;
        const { type, defaultRequest, default: limit, ...bounds } = random.limit;
        const defaults = { defaultRequest, default: limit };
        const limits = [{ type, ...bounds, ...(type === "Container" && defaults) }];
        const range: Manifest = {
          apiVersion: "v1",
          kind: "LimitRange",
          metadata: { name: "limits", namespace },
          spec: { limits },
        };
        // One that contradicts itself is no LimitRange.
        const judge = await inNamespace(namespace, {}, [range]).catch(() => undefined);
        if (judge) rows.push(...(await judged([limitedSpec(random)], judge)));
      }

      expect(rows.length).toBeGreaterThan(20);
      expect(rows.filter(([, { ours, server: taken }]) => ours !== taken)).toEqual([]);
    },
    START_TIMEOUT_MS,
  );
});

type Row = readonly [spec: string, compared: Compared];

/** Those that are pods at all: what no API server takes, whatever its rules, says nothing. */
async function judged(
  specs: readonly Attributes[],
  judge: (spec: Attributes) => Promise<Compared>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const spec of specs) {
    const compared = await judge(spec).catch(() => undefined);
    if (compared) rows.push([JSON.stringify(spec), compared]);
  }
  return rows;
}
