import {
  chartComponents,
  chartsOf,
  type Component,
  components,
  installedRecord,
  title,
} from "../../components/components";
import { nodesPin, pinOf } from "../pins";
import { callsNotAllowed, permissionsOf } from "../../components/controller-permissions";
import type { Release } from "../release";
import { inRange } from "../../text/versions";
import { type FitRule, fitRules } from "./fit-rules";
import { type FitSettings, settingRules } from "./setting-rules";

/** Two versions, or a version and a setting, that do not go together. */
export interface Misfit {
  readonly level: "refuse" | "warn";
  /** Those whose versions decide it, the one with the demand first. */
  readonly components: readonly Component[];
  /** What does not fit and the source of the rule. */
  readonly message: string;
  /** What to write, where that is not another version. */
  readonly remedy?: string;
  /** The setting to blame, where there is one. */
  readonly setting?: readonly string[];
}

/** All that the matrix has to say about a set of versions and a target's settings. Empty: nothing known against it. */
export function misfits(release: Release, settings?: FitSettings): Misfit[] {
  return [
    ...ofVersions(release),
    ...(settings === undefined ? [] : brokenSettings(release, settings)),
    ...refusedCalls[settings?.ipv6 ? "ipv6" : "ipv4"](release),
  ];
}

const ofVersions = once((release) => [
  ...fitRules.flatMap((rule) => brokenFit(rule, release)),
  ...brokenKubeVersions(release),
  ...unknownLines(release),
  ...notYetThere(release),
]);

/** Most targets of a fleet have one and the same release. */
function once(find: (release: Release) => readonly Misfit[]): (release: Release) => readonly Misfit[] {
  const found = new WeakMap<Release, readonly Misfit[]>();
  return (release) => {
    const known = found.get(release) ?? find(release);
    found.set(release, known);
    return known;
  };
}

function brokenFit(rule: FitRule, release: Release): Misfit[] {
  const { version } = rule.ofNodes ? nodesPin(release) : pinOf(release, rule.component);
  const other = pinOf(release, rule.needs).version;
  if (!inRange(version, rule.versions) || inRange(other, rule.range)) return [];
  const verb = rule.level === "refuse" ? "needs" : "is tested upstream only with";
  return [
    {
      level: rule.level,
      components: [rule.component, rule.needs],
      message: `${title(rule.component)} ${version} ${verb} ${title(rule.needs)} ${rule.says}, not ${other} (${source(rule)})`,
    },
  ];
}

function brokenKubeVersions({ kubernetes, charts }: Release): Misfit[] {
  return chartComponents.flatMap((component) =>
    chartsOf(component).flatMap((name): Misfit[] => {
      const { kubeVersion, version } = charts[name];
      if (kubeVersion === undefined || inRange(kubernetes.version, kubeVersion)) return [];
      return [
        {
          level: "refuse",
          components: [component, "kubernetes"],
          message: `chart ${name} ${version} refuses Kubernetes ${kubernetes.version} (kubeVersion ${kubeVersion} of its Chart.yaml)`,
        },
      ];
    }),
  );
}

/** A version that a config sets, of a component with rules, that no rule speaks of. */
function unknownLines(release: Release): Misfit[] {
  return components.flatMap((component): Misfit[] => {
    const { version, override } = pinOf(release, component);
    const rules = fitRules.filter((rule) => rule.component === component);
    if (override === undefined || rules.length === 0) return [];
    if (rules.some(({ versions }) => inRange(version, versions))) return [];
    const message = `no rule of the matrix knows ${title(component)} ${version}, so nothing says that it fits`;
    return [{ level: "warn", components: [component], message }];
  });
}

/** Components that are pinned from a later release on. Nobody tried them with what this one has. */
function notYetThere(release: Release): Misfit[] {
  return components.flatMap((component): Misfit[] => {
    const { since } = pinOf(release, component);
    if (since === undefined) return [];
    return [
      {
        level: "refuse",
        components: [component],
        message: `${title(component)} is in release ${since} and later ones, and not in ${release.name}`,
        remedy: `write a later release, or a version under versions.${component} with its reason`,
        setting: installedRecord(component)?.settings ?? ["release"],
      },
    ];
  });
}

function brokenSettings(release: Release, settings: FitSettings): Misfit[] {
  return settingRules
    .filter(({ breaks }) => breaks(settings, release))
    .map((rule) => ({
      level: rule.level ?? "refuse",
      components: rule.about === undefined ? [] : [rule.about],
      message: `${rule.says} (${source(rule)})`,
      remedy: rule.remedy,
      setting: rule.setting ?? ["cni"],
    }));
}

type Family = "ipv4" | "ipv6";

const refusedCalls = {
  ipv4: once((release) => callsRefused(release, "ipv4")),
  ipv6: once((release) => callsRefused(release, "ipv6")),
};

/** Versions that call what their role may not, with the policies of the pinned registry modules. */
function callsRefused(release: Release, family: Family): Misfit[] {
  return components.flatMap((component) => {
    const permissions = permissionsOf(component, family);
    const version = pinOf(release, component).version;
    if (permissions === undefined) return [];
    return callsNotAllowed(permissions, (range) => inRange(version, range)).map((missing): Misfit => ({
      level: "refuse",
      components: [component],
      message: `${title(component)} ${version} calls ${missing.actions.join(", ")}, which its role may not call with the policy of ${permissions.grantedBy} (${missing.source})`,
    }));
  });
}

function source(rule: { readonly source: string; readonly sourceDate: string }): string {
  return `${rule.source}, ${rule.sourceDate}`;
}
