import { istioProxy } from "../../facts/injected-containers";
import { istioProxiesIn } from "../../model/injected-images";
import { isInMesh } from "../../model/mesh";
import type { NamespaceConfig } from "../../config/schema/namespaces";
import type { PoliciesConfig } from "../../config/schema/policies";
import type { TargetConfig } from "../../config/schema/target";
import type { ConfigPath } from "../../config/read/source-node";
import type { Finding, TargetCheck } from "../finding";

/** Namespaces and policies that would hold nothing, or hold what they must not. */
export const namespaceCheck: TargetCheck = (target) => {
  const { config, policies, policyEnforcer: enforcer, platformNamespaces: platform } = target;
  if (policies === undefined) return [];
  const findings = Object.entries(config.namespaces).flatMap(([name, namespace]): Finding[] => {
    const path = ["namespaces", name];
    if (platform.includes(name)) {
      const message =
        "is a namespace of the platform, whose components bring their own rules; write another name";
      return [{ path, message }];
    }
    const closes = target.namespaces[name]?.defaultDeny.enabled ?? true;
    return [
      ...limitFindings(path, namespace),
      ...proxyLimitFindings(path, name, namespace, config),
      ...(enforcer === undefined ? unenforced(path, namespace, closes) : []),
      ...(!closes && namespace.allow.length > 0 && !isInMesh(config, name) ? [allowsWhatIsOpen(path)] : []),
    ];
  });
  return [...findings, ...publicFindings(config, platform), ...policyFindings(policies, platform)];
};

function allowsWhatIsOpen(path: ConfigPath): Finding {
  return {
    path: [...path, "allow"],
    message: "allows what nothing denies: defaultDeny is off; remove it, or turn defaultDeny on",
    related: [[...path, "defaultDeny"]],
  };
}

function unenforced(path: ConfigPath, { isolate }: NamespaceConfig, closed: boolean): Finding[] {
  const related: ConfigPath[] = [["cni", "networkPolicy"]];
  if (closed) {
    const message =
      "is closed by default, and nothing enforces it: cni.networkPolicy is off; turn it on, or write defaultDeny: { enabled: false, reason: ... }";
    return [{ path, message, related }];
  }
  if (Object.keys(isolate).length === 0) return [];
  const message =
    "isolates pods, and nothing enforces it: cni.networkPolicy is off; turn it on, or remove it";
  return [{ path: [...path, "isolate"], message, related }];
}

function limitFindings(path: ConfigPath, { limits }: NamespaceConfig): Finding[] {
  const { defaultRequest, defaultLimit, max } = limits ?? {};
  const pairs = [
    ["defaultRequest", defaultRequest, "defaultLimit", defaultLimit],
    ["defaultRequest", defaultRequest, "max", max],
    ["defaultLimit", defaultLimit, "max", max],
  ] as const;
  return pairs.flatMap(([lowName, low, highName, high]) =>
    (["cpus", "memoryMiB"] as const).flatMap((amount): Finding[] => {
      const [value, most] = [low?.[amount], high?.[amount]];
      if (value === undefined || most === undefined || value <= most) return [];
      return [
        {
          path: [...path, "limits", lowName, amount],
          message: `is more than ${highName}: ${most}; write at most ${most}`,
          related: [[...path, "limits", highName, amount]],
        },
      ];
    }),
  );
}

/** A limit range is for all containers of a pod: a proxy that may use more than it allows makes the pod refused. */
function proxyLimitFindings(
  path: ConfigPath,
  name: string,
  { limits, labels }: NamespaceConfig,
  config: TargetConfig,
): Finding[] {
  const { sidecars, waypoint } = istioProxiesIn(config, name, labels);
  if (!sidecars && !waypoint) return [];
  return (["cpus", "memoryMiB"] as const).flatMap((amount): Finding[] => {
    const most = limits?.max?.[amount];
    const needed = istioProxy.limits[amount];
    if (most === undefined || most >= needed) return [];
    return [
      {
        path: [...path, "limits", "max", amount],
        message: `is less than Istio's ${sidecars ? "sidecars" : "waypoint"} may use, ${needed}: no pod with one would be admitted; write at least ${needed}`,
        related: [sidecars ? [...path, "labels"] : ["mesh", "waypoints"]],
      },
    ];
  });
}

/** Once namespaces are declared, one that is not among them is a slip of the pen. */
function publicFindings({ ingress, namespaces }: TargetConfig, platform: readonly string[]): Finding[] {
  if (ingress === undefined || Object.keys(namespaces).length === 0) return [];
  return ingress.loadBalancers.publicNamespaces.flatMap((name, index): Finding[] => {
    if (name in namespaces || platform.includes(name)) return [];
    const path = ["ingress", "loadBalancers", "publicNamespaces", index];
    return [
      { path, message: "is not a namespace of this target; declare it under namespaces, or remove it" },
    ];
  });
}

function policyFindings(
  { exemptNamespaces, admission, allowedRegistries }: PoliciesConfig,
  platform: readonly string[],
): Finding[] {
  const needless = Object.keys(exemptNamespaces).flatMap((name): Finding[] =>
    platform.includes(name)
      ? [
          {
            path: ["policies", "exemptNamespaces", name],
            message: "is a namespace of the platform, which is exempt already; remove it",
          },
        ]
      : [],
  );
  const idle: Finding[] =
    allowedRegistries !== undefined && admission.imageRegistries.action === "none"
      ? [
          {
            path: ["policies", "allowedRegistries"],
            message: "has no effect: admission.imageRegistries is none; remove one of them",
            related: [["policies", "admission", "imageRegistries"]],
          },
        ]
      : [];
  return [...needless, ...idle];
}
