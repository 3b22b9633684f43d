import type { InstalledRecord } from "../components/component";
import { installed } from "../components/components";
import type { Resource } from "../guardrails/resource";
import { settingOfObject } from "../reachability/path/setting-of";
import type { Objection } from "./decide";

const records: ReadonlyMap<string, InstalledRecord> = new Map(installed.map((each) => [each.name, each]));

/** What the API server would refuse, as resources of type `admission` for the rules ADMISSION-*: at the object that refuses, one for all pods alike. */
export function admissionFindings(found: readonly Objection[]): Resource[] {
  const alike = new Map<string, Objection[]>();
  for (const each of found) {
    const key = JSON.stringify([each.gate, each.object, each.says, each.unsure, each.namespace]);
    alike.set(key, [...(alike.get(key) ?? []), each]);
  }
  return [...alike.values()].flatMap((all): Resource[] => {
    const [first] = all;
    if (first === undefined) return [];
    const { gate, object, says, by, unsure } = first;
    const setting = settingOf(first);
    return [
      {
        type: "admission",
        address: `${by.address}#${first.who}`,
        stack: by.stack,
        source: "input",
        attributes: {
          gate,
          verdict: unsure ? "undecided" : "refused",
          who: [...new Set(all.map(nameOf))],
          object,
          says,
          ...(setting !== undefined && { setting }),
        },
      },
    ];
  });
}

/** `istio-system/istiod (Istio)` */
function nameOf({ who, component }: Objection): string {
  return component === undefined ? who : `${who} (${records.get(component)?.title ?? component})`;
}

/** The line of the configuration that decides it: where the chart of a component makes what refuses as well, the component's. */
function settingOf({ gate, namespace, object, by, component }: Objection): string | undefined {
  const isDeclared = settingOfObject(by) === `namespaces.${namespace}`;
  const own = component === undefined ? undefined : records.get(component)?.settings?.join(".");
  if (!isDeclared && own !== undefined && gate !== "policy") return own;
  switch (gate) {
    case "Pod Security":
      return isDeclared ? `namespaces.${namespace}.podSecurity` : settingOfObject(by);
    case "limits":
      return isDeclared ? `namespaces.${namespace}.limits` : settingOfObject(by);
    case "quota":
    case "rollout":
      return isDeclared ? `namespaces.${namespace}.quota` : settingOfObject(by);
    case "policy":
      return object.endsWith(" octarine-image-registries")
        ? "policies.allowedRegistries"
        : (settingOfObject(by) ?? "policies");
  }
}
