import { nestedModules } from "../facts/nested-modules";
import { packageOf } from "./module-source";
import type { ChartNeed, ModuleNeed, ProviderNeed, StackNeeds } from "./stack-needs";

/** A module package, and which other one calls it, where no stack does. */
export interface NeededModule extends ModuleNeed {
  readonly of?: string;
}

/** What the deployments of stacks download, each thing once. */
export interface Needs {
  /** Demands on the version of Terraform. */
  readonly terraform: readonly string[];
  readonly providers: readonly ProviderNeed[];
  readonly modules: readonly NeededModule[];
  readonly charts: readonly ChartNeed[];
  /** Modules of which it is not known what they call: none of the platform's own. */
  readonly unread: readonly string[];
}

/** Sums up what stacks need, in the order of names. */
export function needsOf(stacks: readonly StackNeeds[]): Needs {
  const called = once(
    stacks.flatMap(({ calls }) => calls.flatMap(packageNeed)),
    moduleName,
  );
  const modules = withNested(called);
  return {
    terraform: [...new Set(stacks.flatMap(({ terraform }) => terraform ?? []))].sort(),
    providers: once(
      stacks.flatMap(({ providers }) => providers),
      ({ source, version }) => `${source} ${version}`,
    ),
    modules,
    charts: once(
      stacks.flatMap(({ charts }) =>
        charts.map(({ repository, name, version }) => ({ repository, name, version })),
      ),
      chartName,
    ),
    unread: modules.map(moduleName).filter((name) => !(name in nestedModules)),
  };
}

export const moduleName = ({ source, version }: ModuleNeed): string =>
  version === undefined ? source : `${source} ${version}`;

export const chartName = ({ repository, name, version }: ChartNeed): string =>
  `${repository}/${name} ${version}`;

function packageNeed({ source, version }: ModuleNeed): ModuleNeed[] {
  const found = packageOf(source);
  return found === undefined ? [] : [{ source: found.package, ...(version !== undefined && { version }) }];
}

function withNested(called: readonly ModuleNeed[]): NeededModule[] {
  const all = new Map<string, NeededModule>(called.map((each) => [moduleName(each), each]));
  const visit = (each: ModuleNeed): void => {
    for (const nested of nestedModules[moduleName(each)] ?? []) {
      if (all.has(moduleName(nested))) continue;
      all.set(moduleName(nested), { ...nested, of: moduleName(each) });
      visit(nested);
    }
  };
  called.forEach(visit);
  return once([...all.values()], moduleName);
}

function once<Item>(items: readonly Item[], name: (item: Item) => string): Item[] {
  const byName = new Map(items.map((each) => [name(each), each]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
