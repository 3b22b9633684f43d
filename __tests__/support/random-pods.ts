import fc from "fast-check";
import type { Attributes, Value } from "../../src/values/value";

/** A pod that every level takes, and ways to break it: each may be harmless at a level, or at none. */
const clean: Attributes = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
  initContainers: [containerOf("init")],
  containers: [containerOf("main"), containerOf("side")],
  volumes: [{ name: "tmp", emptyDir: {} }],
};

function containerOf(name: string): Attributes {
  return {
    name,
    image: "registry.example.com/app:1",
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
  };
}

const context: readonly (readonly [string, readonly Value[]])[] = [
  ["runAsNonRoot", [true, false, undefined]],
  ["runAsUser", [0, 1000, undefined]],
  [
    "seccompProfile",
    [
      undefined,
      { type: "RuntimeDefault" },
      { type: "Unconfined" },
      { type: "Localhost", localhostProfile: "a" },
    ],
  ],
  [
    "seLinuxOptions",
    [
      { type: "container_t" },
      { type: "container_engine_t" },
      { type: "spc_t" },
      { user: "a" },
      { role: "a" },
      { level: "s0" },
    ],
  ],
  [
    "appArmorProfile",
    [{ type: "RuntimeDefault" }, { type: "Unconfined" }, { type: "Localhost", localhostProfile: "a" }],
  ],
];

const ofContainer: readonly (readonly [string, readonly Value[]])[] = [
  ...context.map(([field, values]) => [`securityContext.${field}`, values] as const),
  ["securityContext.privileged", [true, false]],
  ["securityContext.allowPrivilegeEscalation", [true, false, undefined]],
  ["securityContext.procMount", ["Default"]],
  [
    "securityContext.capabilities",
    [
      undefined,
      { add: ["NET_BIND_SERVICE"], drop: ["ALL"] },
      { add: ["CHOWN"], drop: ["ALL"] },
      { add: ["NET_ADMIN"], drop: ["ALL"] },
      { drop: ["NET_RAW"] },
    ],
  ],
  [
    "ports",
    [[{ containerPort: 80 }], [{ containerPort: 80, hostPort: 80 }], [{ containerPort: 80, hostPort: 0 }]],
  ],
];

const ofPod: readonly (readonly [string, readonly Value[]])[] = [
  ...context.map(([field, values]) => [`securityContext.${field}`, values] as const),
  [
    "securityContext.sysctls",
    [
      [{ name: "net.ipv4.tcp_rmem", value: "1" }],
      [{ name: "net.core.somaxconn", value: "1" }],
      [{ name: "kernel.shm_rmid_forced", value: "1" }],
    ],
  ],
  ["hostNetwork", [true, false]],
  ["hostPID", [true, false]],
  ["hostIPC", [true]],
  [
    "volumes",
    [
      { hostPath: { path: "/" } },
      { nfs: { server: "a", path: "/" } },
      { configMap: { name: "a" } },
      { secret: { secretName: "a" } },
      { csi: { driver: "secrets-store.csi.k8s.io", readOnly: true } },
      { persistentVolumeClaim: { claimName: "a" } },
      { projected: { sources: [] } },
      {},
    ].map((each) => [{ name: "v", ...each }]),
  ],
];

type Break = readonly [path: readonly string[], value: Value];

const breaks = fc.oneof(
  fc
    .constantFrom(...ofPod)
    .chain(([path, values]) => fc.constantFrom(...values.map((value): Break => [path.split("."), value]))),
  fc
    .tuple(
      fc.constantFrom("initContainers.0", "containers.0", "containers.1"),
      fc.constantFrom(...ofContainer),
    )
    .chain(([where, [path, values]]) =>
      fc.constantFrom(...values.map((value): Break => [`${where}.${path}`.split("."), value])),
    ),
);

/** Specs of pods with up to three breaks. */
export const randomSpecs = fc
  .array(breaks, { minLength: 0, maxLength: 3 })
  .map((all) => all.reduce<Value>((spec, [path, value]) => put(spec, path, value), clean) as Attributes);

function put(value: Value, [step, ...rest]: readonly string[], by: Value): Value {
  if (step === undefined) return by;
  if (Array.isArray(value))
    return value.map((each: Value, index) => (String(index) === step ? put(each, rest, by) : each));
  const map = (value ?? {}) as Attributes;
  return { ...map, [step]: put(map[step], rest, by) };
}

/** Amounts out of some, each of which may be left out. */
function amounts(cpu: readonly string[], memory: readonly string[]) {
  return fc
    .record({ cpu: fc.constantFrom(undefined, ...cpu), memory: fc.constantFrom(undefined, ...memory) })
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));
}

const resources = fc.record({
  requests: amounts(["20m", "0.2", "400m"], ["32Mi", "128M", "0.25Gi"]),
  limits: amounts(["400m", "1", "1500m", "3"], ["256Mi", "1073741825", "2e9", "1Gi"]),
});

/** Resources of a pod's containers, and a LimitRange's entry. */
export const randomLimits = fc.record({
  containers: fc.array(resources, { minLength: 1, maxLength: 2 }),
  init: fc.array(fc.tuple(resources, fc.boolean()), { maxLength: 2 }),
  limit: fc.record({
    type: fc.constantFrom("Container", "Container", "Pod"),
    min: amounts(["50m"], ["64Mi"]),
    defaultRequest: amounts(["100m", "300m"], ["64Mi", "200Mi"]),
    default: amounts(["500m", "1"], ["300Mi", "1Gi"]),
    max: amounts(["1", "2500m"], ["1Gi", "2Gi"]),
    maxLimitRequestRatio: amounts(["4", "2.5"], []),
  }),
});

type RandomLimits = typeof randomLimits extends fc.Arbitrary<infer Found> ? Found : never;

/** A pod with these resources. */
export function limitedSpec({ containers, init }: RandomLimits): Attributes {
  return {
    containers: containers.map((resources, index) => ({ ...containerOf(`main-${index}`), resources })),
    initContainers: init.map(([resources, stays], index) => ({
      ...containerOf(`init-${index}`),
      ...(stays && { restartPolicy: "Always" }),
      resources,
    })),
  };
}
