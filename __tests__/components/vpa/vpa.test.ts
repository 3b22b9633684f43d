import { VerticalPodAutoscaler } from "../../../src/components/vpa/vertical-pod-autoscaler";
import { vpaHpaPolicies } from "../../../src/components/vpa/vpa-hpa-policy";
import { verticalPodAutoscalerValues } from "../../../src/components/vpa/vpa-values";
import { releaseValues, resource, synthConstruct } from "../../support/synth";

const values = (over: Partial<Parameters<typeof verticalPodAutoscalerValues>[0]> = {}) =>
  verticalPodAutoscalerValues({ mode: "recommend", hostNetwork: false, ...over });

test("recommend runs nothing that could touch a pod", () => {
  expect(values()).toMatchObject({
    recommender: { enabled: true },
    updater: { enabled: false },
    admissionController: { enabled: false },
  });
});

test("act runs all three parts", () => {
  expect(values({ mode: "act" })).toMatchObject({
    recommender: { enabled: true },
    updater: { enabled: true },
    admissionController: { enabled: true, podDisruptionBudget: { maxUnavailable: 1 } },
  });
});

// The chart has no rights for a leader election (FairwindsOps/charts stable/vpa, no leases).
test("parts that write run once, the webhook twice", () => {
  expect(values({ mode: "act" })).toMatchObject({
    recommender: { replicaCount: 1 },
    updater: { replicaCount: 1 },
    admissionController: { replicaCount: 2 },
  });
});

test("the chart's metrics server stays off", () => {
  expect(values()).toMatchObject({ "metrics-server": { enabled: false } });
});

test("with an overlay the webhook listens on the node", () => {
  expect(values({ mode: "act", hostNetwork: true })).toMatchObject({
    admissionController: { useHostNetwork: true },
  });
  expect(values({ mode: "act" })).not.toHaveProperty("admissionController.useHostNetwork");
});

test("all images come from the mirror, that of the certificate job too", () => {
  const text = JSON.stringify(values({ mode: "act", imageMirror: "mirror.corp" }));

  expect(text.match(/"repository":"([^"]*)"/g)?.sort()).toEqual([
    '"repository":"mirror.corp/registry.k8s.io/autoscaling/vpa-admission-controller"',
    '"repository":"mirror.corp/registry.k8s.io/autoscaling/vpa-recommender"',
    '"repository":"mirror.corp/registry.k8s.io/autoscaling/vpa-updater"',
    '"repository":"mirror.corp/registry.k8s.io/ingress-nginx/kube-webhook-certgen"',
  ]);
});

test("the policies come after the kinds that they are about", () => {
  const json = synthConstruct((scope) => {
    new VerticalPodAutoscaler(scope, "vpa", {
      chart: { repository: "https://charts.example.com", name: "vpa", version: "5.0.0" },
      mode: "recommend",
      hostNetwork: false,
      dependsOn: [],
    });
  });
  const name = "vpa_vpa-policies_helm_release";

  expect(resource(json, "helm_release", name).depends_on).toEqual(["helm_release.vpa_helm_release"]);
  expect(Object.keys(releaseValues(json, name).manifests as object)).toEqual(Object.keys(vpaHpaPolicies()));
});

describe("VPA beside HPA", () => {
  const policies = vpaHpaPolicies();

  test.each([
    ["vpa-beside-hpa", "verticalpodautoscalers", "HorizontalPodAutoscaler", "Fail"],
    ["hpa-beside-vpa", "horizontalpodautoscalers", "VerticalPodAutoscaler", "Ignore"],
  ])(
    "%s looks at %s against each %s of the namespace; if it cannot: %s",
    (name, resourceName, kind, failurePolicy) => {
      expect(policies[name]).toMatchObject({
        spec: {
          failurePolicy,
          paramKind: { kind },
          matchConstraints: {
            resourceRules: [{ resources: [resourceName], operations: ["CREATE", "UPDATE"] }],
          },
        },
      });
      expect(policies[`${name}-binding`]).toMatchObject({
        spec: {
          policyName: policies[name]?.metadata.name,
          paramRef: { selector: {}, parameterNotFoundAction: "Allow" },
          validationActions: ["Deny"],
        },
      });
      // With a namespace here all objects would be compared with those of that one namespace.
      expect(policies[`${name}-binding`]).not.toHaveProperty("spec.paramRef.namespace");
    },
  );
});
