import { minorsBetween } from "../../text/versions";
import type { InstalledRecord } from "../../components/component";
import { type Component, components, installed } from "../../components/components";
import { pinOf } from "../../releases/pins";
import { type Misfit, misfits } from "../../releases/matrix/matrix";
import { fitSettings } from "../../model/fit-settings";
import { classesOf, imageKinds } from "../../model/karpenter-pools";
import type { Target } from "../../model/target";
import { locate } from "../../config/read/source-node";
import { installs, mayHaveAll } from "../../model/used-components";
import type { Finding, FleetCheck, TargetCheck } from "../finding";

/** Versions and settings that the matrix refuses. What it only warns of is in `warnings.ts`. */
export const versionCheck: TargetCheck = (target) => [
  ...misfits(target.release, fitSettings(target.config))
    .filter(({ level, components }) => level === "refuse" && matters(components, target))
    .map((misfit) => finding(misfit, target)),
  ...heldNodeFindings(target),
];

/**
 * Versions of what no target installs that has them. A layer that several targets share may name what only some of them
 * install.
 */
export const unusedPinCheck: FleetCheck = ({ targets }) => {
  const pins = targets.flatMap((target) =>
    components
      .filter((component) => pinOf(target.release, component).override !== undefined)
      .map((component) => {
        const path = ["versions", component];
        const { file, line } = locate(target.source, path).at;
        return { target, component, path, place: `${file}:${line}` };
      }),
  );
  const isUsed = ({ target, component }: (typeof pins)[number]) => installs(component, target.config);
  const needed = new Set(pins.filter(isUsed).map(({ place }) => place));
  const unused = pins.filter(({ place }) => !needed.has(place));
  return unused.map(({ target, component, path }) => ({
    target,
    finding: {
      path,
      value: pinOf(target.release, component).version,
      message: `has no effect: the target does not install ${component}; remove it`,
      related: USES,
    },
  }));
};

const records: readonly InstalledRecord[] = installed;

/** What a target installs follows from these. */
const USES: Finding["related"] = [
  ...new Set(records.flatMap(({ settings = [] }) => settings.slice(0, 1))),
  "release",
].map((key) => [key]);

/** Kubelets may be as old as three minors below the API server, and never newer (Kubernetes, "Version skew policy"). */
const MOST_BEHIND = 3;

/** Nodes that stay behind the control plane. */
function heldNodeFindings({ release, config }: Target): Finding[] {
  const nodes = release.nodes?.version;
  if (nodes === undefined) return [];
  const plane = release.kubernetes.version;
  const finding = (message: string): Finding[] => [
    {
      path: ["versions", "nodes"],
      value: nodes,
      message,
      related: [["versions", "kubernetes"], ["release"]],
    },
  ];
  const behind = minorsBetween(nodes, plane);
  if (behind === 0) return finding("has no effect: the control plane has the same version; remove it");
  if (behind < 0) {
    return finding(
      `is newer than the control plane's ${plane}, which Kubernetes does not support; write ${plane} or older, or remove it`,
    );
  }
  if (behind > MOST_BEHIND) {
    return finding(
      `is ${behind} minors behind the control plane's ${plane}, and Kubernetes supports ${MOST_BEHIND}; write a later one`,
    );
  }
  return mixedClassFindings(config);
}

/** Nodes of Karpenter's are held by naming their image, and one name is one kind of image. */
function mixedClassFindings(config: Target["config"]): Finding[] {
  return Object.keys(classesOf(config)).flatMap((name): Finding[] => {
    const kinds = imageKinds(config, name);
    if (kinds.size <= 1) return [];
    const found = [...kinds].map((kind) => kind ?? "none").sort();
    return [
      {
        path: ["karpenter", "classes", name],
        message: `has pools whose instance types have different accelerators (${found.join(", ")}), so no single image can be pinned by versions.nodes; give each kind a class of its own`,
        related: [["versions", "nodes"]],
      },
    ];
  });
}

function finding(
  { components, message, remedy, setting = ["cni"] }: Misfit,
  { release }: Parameters<TargetCheck>[0],
): Finding {
  // A release fits in itself, so what a config replaced in it is to blame; a setting otherwise.
  const [replaced, ...others] = components.filter((component) => pinOf(release, component).override);
  if (replaced === undefined) {
    return { path: setting, message: `can't be: ${message}; ${remedy ?? "write another release"}` };
  }
  const { version, override } = pinOf(release, replaced);
  const fix =
    remedy ?? `write a version that fits, or remove it (release ${release.name} has ${override?.replaces})`;
  return {
    path: ["versions", replaced],
    value: version,
    message: `does not fit: ${message}; ${fix}`,
    related: [["release"], ["cni"], ...others.map((component) => ["versions", component])],
  };
}

/** Whether the target has them all, or names versions of those that it lacks. */
function matters(components: readonly Component[], { release, config }: Parameters<TargetCheck>[0]): boolean {
  return mayHaveAll(
    components.filter((each) => !pinOf(release, each).override),
    config,
  );
}
