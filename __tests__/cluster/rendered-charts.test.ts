import { renderTarget } from "../../src/cli/render/render-target";
import { admissionWorld, type AdmissionWorld } from "../../src/admission/admission-world";
import { injected } from "../../src/admission/pods/injected-pods";
import { proxyMakers } from "../../src/admission/pods/istio-proxy";
import type { AdmittedPod } from "../../src/admission/pods/pod";
import { fromJson } from "../../src/guardrails/read/expression";
import type { Resource } from "../../src/guardrails/resource";
import { at, isMap, text, type Value } from "../../src/values/value";
import { chartFaults } from "../admission/chart-fault-cases";
import { resourcesOf } from "../admission/support";
import { sample } from "../reachability/support";
import { AdmissionCluster } from "../support/admission-cluster";
import { describeUnless } from "../support/missing-tools";
import { describeOnCluster, OfflineCluster, START_TIMEOUT_MS } from "../support/offline-cluster";

/** Charts as `octarine render --charts` takes them, and Helm 3 on the PATH. */
const charts = process.env.OCTARINE_CHARTS;

type Templates = ReadonlyMap<string, Value>;

const known = new Map<string, Templates>();

/** Pod templates of a target's releases, by kind, namespace and name of what makes the pods; rendered once. */
function templatesOf(name: string): Templates {
  const templates = known.get(name) ?? renderedTemplates(name);
  known.set(name, templates);
  return templates;
}

function renderedTemplates(name: string): Templates {
  return new Map(
    renderTarget(sample(name), charts).releases.flatMap(({ release, result }) =>
      "problem" in result
        ? []
        : result.objects.map((object): [string, Value] => {
            const value = fromJson(object);
            const namespace = text(at(value, "metadata", "namespace")) || release.namespace;
            const own = text(at(value, "metadata", "name")).replace(/-[0-9a-f]{10}$/, "-job");
            const job = at(value, "spec", "jobTemplate", "spec", "template");
            return [`${object.kind} ${namespace}/${own}`, job ?? at(value, "spec", "template")];
          }),
    ),
  );
}

/**
 * Without what admission never looks at and a template cannot say as the server takes it: modes of files, which Helm reads as octal,
 * and mounts of volumes that a StatefulSet's controller adds.
 */
function asServed(spec: Value, key = ""): Value {
  if (Array.isArray(spec)) return (spec as readonly Value[]).map((each) => asServed(each));
  if (!isMap(spec) || key === "metadata") return spec;
  const kept = Object.entries(spec).filter(
    ([each]) => !["volumeMounts", "defaultMode", "mode"].includes(each),
  );
  return Object.fromEntries(kept.map(([each, value]) => [each, asServed(value, each)]));
}

/** The pod that the chart really makes, with its sidecar, in the place of what the records say of it. */
function rendered(
  pod: AdmittedPod,
  { namespaces, minor }: AdmissionWorld,
  templates: Templates,
  all: readonly Resource[],
) {
  const namespace = pod.namespace.replace(/-r\d+$/, "");
  const own = `${text(pod.maker?.kind)} ${namespace}/${text(at(pod.maker, "metadata", "name"))}`;
  const template = templates.get(own);
  const spec = asServed(at(template, "spec"));
  if (pod.component === undefined || !isMap(spec)) return undefined;
  const real = {
    ...pod,
    spec,
    labels: at(template, "metadata", "labels"),
    annotations: at(template, "metadata", "annotations"),
    injected: [],
  };
  return injected(real, namespaces.get(pod.namespace)?.labels ?? {}, proxyMakers(all), minor >= 33);
}

const targets = ["prod/us-east-1", "identity/us-east-1", "staging/eu-west-1"].map(sample);

describeUnless(
  charts === undefined ? "there are no charts to render (OCTARINE_CHARTS)" : undefined,
  "charts",
  () => {
    describeOnCluster("pods that charts make, beside a real API server", () => {
      let server: OfflineCluster;
      let admission: AdmissionCluster;

      beforeAll(() => {
        server = OfflineCluster.start();
        admission = new AdmissionCluster(server);
      }, START_TIMEOUT_MS);

      afterAll(() => {
        (server as OfflineCluster | undefined)?.stop();
      });

      const differing = async (resources: readonly Resource[], templates: Templates) => {
        await admission.enforce(resources);
        const rows = await admission.compare(resources, (pod, world) =>
          rendered(pod, world, templates, resources),
        );
        return { rows, differing: rows.filter(({ ours, server: taken }) => ours !== taken) };
      };

      test.each(targets.map((target) => [target.name, target] as const))(
        "are taken or refused as the records say of %s",
        async (name, target) => {
          const found = await differing(resourcesOf(target), templatesOf(name));

          expect(found.rows.length).toBeGreaterThan(
            admissionWorld(resourcesOf(target)).pods.filter(({ maker, component }) => maker && component)
              .length - 3,
          );
          expect(found.differing).toEqual([]);
        },
        START_TIMEOUT_MS,
      );

      test.each(chartFaults)(
        "are refused where something holds them back: %s",
        async (_fault, target, change) => {
          const found = await differing(change(resourcesOf(target)), templatesOf(target.name));

          expect(found.rows.map(({ server: taken }) => taken)).toContain(false);
          expect(found.differing).toEqual([]);
        },
        START_TIMEOUT_MS,
      );
    });
  },
);
