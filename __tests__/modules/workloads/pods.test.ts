import { podRules } from "../../../src/guardrails/rules/pods";
import type { Resource } from "../../../src/guardrails/resource";
import type { ChartValues } from "../../../src/modules/chart-values";
import { container } from "../../../src/modules/workloads/container";
import { controllerManifest } from "../../../src/modules/workloads/controller";
import { podTemplate } from "../../../src/modules/workloads/pod-template";
import { aWorkload } from "../../support/workload";

const spec = (over = {}) => podTemplate(aWorkload(over)).spec as ChartValues;

describe("a container and its security", () => {
  test("no root, no writable image, no capability, the runtime's seccomp profile", () => {
    expect(spec().securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      fsGroup: 65532,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(container(aWorkload()).securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });

  test("/tmp can be written, up to its size; the API's token is not there", () => {
    expect(container(aWorkload()).volumeMounts).toEqual([{ name: "tmp", mountPath: "/tmp" }]);
    expect(spec().volumes).toEqual([{ name: "tmp", emptyDir: { sizeLimit: "256Mi" } }]);
    expect(spec().automountServiceAccountToken).toBe(false);
  });

  test.each(["deployment", "stateful-set", "rollout"] as const)(
    "every rule of the guardrails for pods passes a %s",
    (controller) => {
      const { kind, ...manifest } = controllerManifest(aWorkload({ controller }));
      const resource = { type: `k8s:${kind}`, address: "web", attributes: manifest } as unknown as Resource;
      const inventory = { production: true, resources: [resource], complete: true };
      const rules = podRules.filter(({ types }) => types.includes(resource.type));
      const found = rules.flatMap((rule) =>
        rule.check(resource, inventory as never).map((verdict) => [rule.id, verdict]),
      );

      expect(rules.length).toBeGreaterThan(10);
      expect(found).toEqual([]);
    },
  );
});

describe("a graceful shutdown", () => {
  test("30 s from SIGTERM, after the time in which requests still come", () => {
    expect(spec().terminationGracePeriodSeconds).toBe(40);
    expect(container(aWorkload()).lifecycle).toEqual({ preStop: { sleep: { seconds: 10 } } });
    expect(spec({ shutdown: { drainSeconds: 20, graceSeconds: 60 } }).terminationGracePeriodSeconds).toBe(80);
  });
});

describe("probes", () => {
  const probes = (protocol: "http" | "grpc" | "tcp") => {
    const port = { name: "main", port: 9000, targetPort: 9000, protocol };
    return container(
      aWorkload({ ports: [port], probes: { port, live: "/livez", ready: "/readyz", startupSeconds: 62 } }),
    );
  };

  test("HTTP asks /livez and /readyz", () => {
    expect(probes("http").livenessProbe).toMatchObject({ httpGet: { path: "/livez", port: "main" } });
    expect(probes("http").readinessProbe).toMatchObject({ httpGet: { path: "/readyz", port: "main" } });
  });

  test("gRPC by its health protocol, which takes a number; TCP by connecting", () => {
    expect(probes("grpc").readinessProbe).toMatchObject({ grpc: { port: 9000 } });
    expect(probes("tcp").readinessProbe).toMatchObject({ tcpSocket: { port: "main" } });
  });

  test("the start may take as long as it says, and not less", () => {
    expect(probes("http").startupProbe).toMatchObject({ periodSeconds: 5, failureThreshold: 13 });
  });
});

describe("where pods run", () => {
  const constraints = (over = {}) => spec(over).topologySpreadConstraints;

  test("over zones, then over nodes; a deployment's by revision", () => {
    const one = (topologyKey: string, whenUnsatisfiable: string) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable,
      labelSelector: { matchLabels: { app: "web", "octarine/workload": "web" } },
      matchLabelKeys: ["pod-template-hash"],
    });

    expect(constraints()).toEqual([
      one("topology.kubernetes.io/zone", "ScheduleAnyway"),
      one("kubernetes.io/hostname", "ScheduleAnyway"),
    ]);
  });

  test("where zones are required pods wait for theirs", () => {
    const placement = { nodeLabels: {}, tolerations: [], zones: "required" as const };

    expect(constraints({ placement, controller: "rollout" })).toEqual([
      expect.objectContaining({ whenUnsatisfiable: "DoNotSchedule" }),
      expect.objectContaining({ whenUnsatisfiable: "ScheduleAnyway" }),
    ]);
    expect(JSON.stringify(constraints({ placement, controller: "rollout" }))).not.toContain("matchLabelKeys");
  });

  test("nodes by labels and taints", () => {
    const tolerations = [
      { key: "dedicated", value: "general", effect: "NoSchedule" },
      { key: "gpu", value: "", effect: "NoExecute" },
    ];
    const placement = { nodeLabels: { workload: "general" }, tolerations, zones: "preferred" as const };

    expect(spec({ placement })).toMatchObject({
      nodeSelector: { workload: "general" },
      tolerations: [
        { key: "dedicated", operator: "Equal", value: "general", effect: "NoSchedule" },
        { key: "gpu", operator: "Exists", effect: "NoExecute" },
      ],
    });
  });
});

test("what the team says of the environment wins over what the platform would say", () => {
  const workload = aWorkload({
    tracing: { endpoint: "http://collector:4317", sampleRatio: 0.1 },
    environment: { OTEL_TRACES_SAMPLER_ARG: "0.5", LOG_LEVEL: "debug" },
  });

  const variables = container(workload).env as { name: string; value: string }[];
  const of = (variable: string) =>
    variables.filter(({ name }) => name === variable).map(({ value }) => value);

  expect(of("LOG_LEVEL")).toEqual(["debug"]);
  expect(of("OTEL_SERVICE_NAME")).toEqual(["web"]);
  expect(of("OTEL_TRACES_SAMPLER_ARG")).toEqual(["0.5"]);
});

describe("secrets", () => {
  const keys = { DB: { name: "prod/db" } };

  test("as variables, by their Kubernetes secret", () => {
    const secret = { kind: "external-secret", name: "db", store: "app", as: "environment", keys } as const;

    expect(container(aWorkload({ secrets: [secret] })).envFrom).toEqual([{ secretRef: { name: "web-db" } }]);
  });

  test("as files, from the Kubernetes secret or without one", () => {
    const secrets = [
      { kind: "external-secret", name: "db", store: "app", as: "files", keys },
      { kind: "mounted", name: "key", source: "secrets-manager", keys, keyArns: [] },
    ] as const;

    expect(spec({ secrets }).volumes).toEqual([
      expect.objectContaining({ name: "tmp" }),
      { name: "secret-db", secret: { secretName: "web-db" } },
      {
        name: "secret-key",
        csi: {
          driver: "secrets-store.csi.k8s.io",
          readOnly: true,
          volumeAttributes: { secretProviderClass: "web-key" },
        },
      },
    ]);
    expect(container(aWorkload({ secrets })).volumeMounts).toContainEqual({
      name: "secret-key",
      mountPath: "/etc/secrets/key",
      readOnly: true,
    });
  });
});
