import { resourcesOf } from "./synth";

/** Namespaces into which stacks install charts, and those that they give a default deny. */
export function namespacesOfReleases(stacks: Readonly<Record<string, string>>): {
  readonly charts: ReadonlySet<string>;
  readonly policies: ReadonlySet<string>;
} {
  const releases = Object.values(stacks).flatMap((json) => Object.values(resourcesOf(json, "helm_release")));
  const of = (picked: typeof releases) => new Set(picked.map(({ namespace }) => String(namespace)));
  return {
    charts: of(releases.filter(({ version }) => version !== undefined)),
    policies: of(releases.filter(({ values }) => JSON.stringify(values).includes("default-deny-ingress"))),
  };
}
