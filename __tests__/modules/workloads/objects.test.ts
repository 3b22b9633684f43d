import { autoscalerManifests } from "../../../src/modules/workloads/autoscalers";
import { controllerManifest } from "../../../src/modules/workloads/controller";
import { serviceManifests } from "../../../src/modules/workloads/service";
import { workloadManifests } from "../../../src/modules/workloads/workload-manifests";
import { aWorkload } from "../../support/workload";

describe("controllers", () => {
  test("a deployment never has less than it asks for while a release goes out", () => {
    expect(controllerManifest(aWorkload()).spec).toMatchObject({
      replicas: 2,
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0 } },
    });
  });

  test("where an autoscaler decides, nothing sets the replicas back", () => {
    expect(controllerManifest(aWorkload({ replicas: undefined })).spec).not.toHaveProperty("replicas");
  });

  test("a rollout without routes goes out by shares of its pods", () => {
    expect(controllerManifest(aWorkload({ controller: "rollout" }))).toMatchObject({
      apiVersion: "argoproj.io/v1alpha1",
      kind: "Rollout",
      spec: {
        strategy: { canary: { maxUnavailable: 0, steps: [{ setWeight: 10 }, {}, { setWeight: 50 }, {}] } },
      },
    });
  });

  test("a stateful set keeps its data, whatever is deleted", () => {
    const workload = aWorkload({
      controller: "stateful-set",
      service: { kind: "headless" },
      volumes: [{ name: "data", gib: 5, mountPath: "/data" }],
    });

    expect(controllerManifest(workload).spec).toMatchObject({
      serviceName: "web",
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
      template: { spec: { volumes: [{}, { name: "data", persistentVolumeClaim: { claimName: "data" } }] } },
      volumeClaimTemplates: [{ spec: { storageClassName: "gp3", accessModes: ["ReadWriteOnce"] } }],
    });
  });
});

describe("services", () => {
  test("a stateful set with an address of its own has a headless service for its names", () => {
    const workload = aWorkload({ controller: "stateful-set", service: { kind: "cluster-ip" } });
    const all = serviceManifests(workload);

    expect(Object.keys(all)).toEqual(["service", "service-headless"]);
    expect(controllerManifest(workload).spec).toMatchObject({ serviceName: "web-headless" });
    // A monitor that selects the service must not find this one, too.
    expect(all["service-headless"]?.metadata.labels).not.toHaveProperty("app");
  });

  test("a load balancer asks pods whether they are ready, and nodes whether they answer", () => {
    const nlb = (targetType: "ip" | "instance") =>
      serviceManifests(aWorkload({ service: { kind: "nlb", scheme: "internal", targetType } })).service
        ?.metadata.annotations;
    const prefix = "service.beta.kubernetes.io/aws-load-balancer-";

    expect(nlb("ip")).toMatchObject({
      [`${prefix}scheme`]: "internal",
      [`${prefix}healthcheck-path`]: "/readyz",
      [`${prefix}healthcheck-port`]: "8080",
    });
    expect(nlb("instance")).toMatchObject({ [`${prefix}healthcheck-protocol`]: "TCP" });
    expect(nlb("instance")).not.toHaveProperty(`${prefix}healthcheck-path`);
  });

  test("ports say what is spoken", () => {
    expect(serviceManifests(aWorkload()).service?.spec).toMatchObject({
      ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP", appProtocol: "http" }],
    });
  });
});

describe("autoscalers", () => {
  test("beside a queue CPU is a trigger too: there is one HPA, which is KEDA's", () => {
    const horizontal = {
      min: 1,
      max: 4,
      cpuPercent: 70,
      triggers: [{ kind: "queue", name: "q", messagesPerReplica: 5 }] as const,
    };
    const all = autoscalerManifests(aWorkload({ horizontal, replicas: undefined }));

    expect(Object.keys(all)).toEqual(["scaled-object"]);
    expect(all["scaled-object"]?.spec).toMatchObject({
      triggers: [
        { type: "aws-sqs-queue" },
        { type: "cpu", metricType: "Utilization", metadata: { value: "70" } },
      ],
    });
  });

  test.each([
    ["recommend", "Off"],
    ["initial", "Initial"],
    ["recreate", "Recreate"],
    ["in-place", "InPlaceOrRecreate"],
  ] as const)("a VPA that is to %s has mode %s, for all containers", (mode, updateMode) => {
    const vertical = { mode, resources: ["memory"], max: { memoryMiB: 512 } } as const;

    expect(autoscalerManifests(aWorkload({ vertical }))["vertical-autoscaler"]?.spec).toMatchObject({
      updatePolicy: { updateMode },
      resourcePolicy: {
        containerPolicies: [
          { containerName: "*", controlledResources: ["memory"], maxAllowed: { memory: "512Mi" } },
        ],
      },
    });
  });

  test("a rollout is scaled by its own kind", () => {
    const horizontal = { min: 2, max: 4, cpuPercent: 70, triggers: [] };

    expect(
      autoscalerManifests(aWorkload({ horizontal, controller: "rollout" })).autoscaler?.spec,
    ).toMatchObject({
      scaleTargetRef: { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: "web" },
    });
  });
});

test("one pod at a time is taken away, and a broken one keeps no node", () => {
  expect(workloadManifests(aWorkload())["disruption-budget"]?.spec).toEqual({
    maxUnavailable: 1,
    selector: { matchLabels: { app: "web", "octarine/workload": "web" } },
    unhealthyPodEvictionPolicy: "AlwaysAllow",
  });
});
