import type { ChartValues } from "../chart-values";
import { cpuQuantity } from "../policies/resource-limits";
import { secretFolder, secretName } from "./secrets";
import type { Probes, Workload } from "./workload";

/** User of images without a root: "nonroot" of the distroless images (their README). */
export const NON_ROOT = 65532;

/** Seconds between questions. Two wrong answers are 10 s without traffic, three are a restart after half a minute. */
const PERIOD = { ready: 5, live: 10, startup: 5 } as const;

/** The one container of a pod: no root, no writable image, no capability, and asked whether it lives. */
export function container(workload: Workload): ChartValues {
  const { name, image, command, args, ports, resources, shutdown, secrets, volumes } = workload;
  const files = secrets.filter((each) => each.kind === "mounted" || each.as === "files");
  const variables = secrets.filter((each) => each.kind === "external-secret" && each.as === "environment");
  return {
    name,
    image,
    ...(command && { command: [...command] }),
    ...(args && { args: [...args] }),
    ports: ports.map(({ name: portName, targetPort }) => ({
      name: portName,
      containerPort: targetPort,
      protocol: "TCP",
    })),
    env: environment(workload),
    ...(variables.length > 0 && {
      envFrom: variables.map((each) => ({ secretRef: { name: secretName(workload, each) } })),
    }),
    resources: {
      requests: { cpu: cpuQuantity(resources.cpus), memory: `${resources.memoryMiB}Mi` },
      limits: { memory: `${resources.memoryLimitMiB}Mi` },
    },
    ...probes(workload.probes),
    // By kubelet: an image without a shell has no `sleep`. GA in Kubernetes 1.34, on by default since 1.30 (KEP-3960).
    lifecycle: { preStop: { sleep: { seconds: shutdown.drainSeconds } } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [
      { name: "tmp", mountPath: "/tmp" },
      ...volumes.map(({ name: volume, mountPath }) => ({ name: volume, mountPath })),
      ...files.map((each) => ({
        name: `secret-${each.name}`,
        mountPath: secretFolder(each.name),
        readOnly: true,
      })),
    ],
  };
}

/** Where traces go, and whose they are; what the team says wins. */
function environment({ name, namespace, version, environment: own, tracing }: Workload): ChartValues[] {
  const collector = tracing && {
    OTEL_SERVICE_NAME: name,
    OTEL_RESOURCE_ATTRIBUTES: [
      `service.namespace=${namespace}`,
      ...(version === undefined ? [] : [`service.version=${version}`]),
    ].join(","),
    OTEL_EXPORTER_OTLP_ENDPOINT: tracing.endpoint,
    OTEL_EXPORTER_OTLP_PROTOCOL: "grpc",
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: String(tracing.sampleRatio),
    // Prometheus reads metrics, and logs go to the container's output.
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
  };
  return Object.entries({ ...collector, ...own })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([variable, value]) => ({ name: variable, value }));
}

function probes({ port, live, ready, startupSeconds }: Probes): ChartValues {
  const ask = (path: string): ChartValues => {
    switch (port.protocol) {
      case "http":
        return { httpGet: { path, port: port.name } };
      case "grpc":
        return { grpc: { port: port.targetPort } };
      case "tcp":
        return { tcpSocket: { port: port.name } };
    }
  };
  return {
    startupProbe: {
      ...ask(live),
      periodSeconds: PERIOD.startup,
      failureThreshold: Math.ceil(startupSeconds / PERIOD.startup),
    },
    livenessProbe: { ...ask(live), periodSeconds: PERIOD.live, timeoutSeconds: 3, failureThreshold: 3 },
    readinessProbe: { ...ask(ready), periodSeconds: PERIOD.ready, timeoutSeconds: 3, failureThreshold: 2 },
  };
}
