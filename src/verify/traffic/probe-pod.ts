import { createHash } from "node:crypto";
import type { Question } from "../../live/question";
import { mirrored } from "../../modules/mirrored-image";
import type { Target } from "../../model/target";

/** Marks pods that verify makes: by it they are found and taken away. No policy and no Service selects it. */
export const PROBE_LABEL = "octarine/verify";

/** Has sh, nc with -z, nslookup and wget, and runs as any user. */
const IMAGE = "public.ecr.aws/docker/library/busybox:1.37.0";
/** Seconds that a probe may take, image and scheduling included. */
export const PROBE_SECONDS = 180;

export interface Probe {
  readonly namespace: string;
  /** What it is for, in its name. */
  readonly purpose: string;
  readonly script: string;
  /** Placed there past the scheduler; left out: anywhere. */
  readonly node?: string;
  readonly image?: string;
  /** It serves others: the answer is its address, and it stays until the end of the run. */
  readonly serves?: boolean;
  /** Processors that it may use. */
  readonly cpu?: string;
}

/** The image of probes: one of the config's mirror where it has one. */
export function probeImage({ config: { images } }: Target): string {
  return mirrored(IMAGE, images?.mirror);
}

/**
 * A short-lived pod that the strictest Pod Security takes, which says on its standard output what it found. The answer to this
 * question is that output; `withProbes` makes the pod, waits for it and takes it away.
 */
export function probeQuestion(probe: Probe): Question {
  const { namespace, purpose, script, node, image = IMAGE, serves = false, cpu = "100m" } = probe;
  const name = nameOf(purpose);
  const manifest = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: {
      name,
      namespace,
      labels: {
        "app.kubernetes.io/name": "octarine-verify",
        "app.kubernetes.io/managed-by": "octarine",
        [PROBE_LABEL]: "probe",
      },
    },
    spec: {
      restartPolicy: "Never",
      activeDeadlineSeconds: PROBE_SECONDS,
      terminationGracePeriodSeconds: 0,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      ...(node !== undefined && { nodeName: node, tolerations: [{ operator: "Exists" }] }),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65534,
        runAsGroup: 65534,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name: "probe",
          image,
          command: ["sh", "-c", script],
          resources: {
            requests: { cpu: "10m", memory: "16Mi", "ephemeral-storage": "1Mi" },
            limits: { cpu, memory: "32Mi", "ephemeral-storage": "16Mi" },
          },
          securityContext: {
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            privileged: false,
            capabilities: { drop: ["ALL"] },
          },
        },
      ],
    },
  };
  return {
    tool: "kubectl",
    args: serves
      ? ["get", `pod/${name}`, "-n", namespace, "-o", "jsonpath={.status.podIP}"]
      : ["logs", name, "-n", namespace, "-c", "probe"],
    input: JSON.stringify(manifest),
  };
}

/** A name of a pod, 63 characters at most. */
function nameOf(purpose: string): string {
  const name = `octarine-verify-${purpose.toLowerCase().replace(/[^a-z0-9-]+/g, "-")}`;
  if (name.length <= 60) return name;
  const digest = createHash("sha256").update(purpose).digest("hex").slice(0, 8);
  return `${name.slice(0, 50).replace(/-$/, "")}-${digest}`;
}
