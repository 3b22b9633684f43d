import type { Project, Resource } from "./project";
import { withoutIndices } from "./references";

/** Resources of a project by what they are and by who refers to them. */
export class Links {
  readonly #project: Project;
  readonly #named = new Map<string, Resource[]>();
  readonly #used = new Set<Resource>();

  constructor(project: Project) {
    this.#project = project;
    for (const each of project.resources)
      for (const key of ["id", "arn", "name"]) {
        const value = each.values[key];
        if (typeof value === "string") this.#named.set(value, [...(this.#named.get(value) ?? []), each]);
      }
  }

  /** Those of a type; data sources only where the project has none of its own. */
  of(...types: readonly string[]): readonly Resource[] {
    const all = this.#project.resources.filter(({ type }) => types.includes(type));
    const own = all.filter(({ isData }) => !isData);
    return own.length > 0 ? own : all;
  }

  /** Of the same module, at the same indices. */
  beside(resource: Resource, ...types: readonly string[]): readonly Resource[] {
    return this.of(...types).filter(({ module }) => module === resource.module);
  }

  /**
   * Those of a type that an attribute leads to: by id, ARN or name, and by the configuration where none is known. Of an
   * attribute that names one, of those that share an index with the resource only that one.
   */
  from(resource: Resource, attribute: string, ...types: readonly string[]): readonly Resource[] {
    const ids = textsIn(resource.values[attribute]);
    const known = ids.flatMap((id) => this.#named.get(id) ?? []).filter(({ type }) => types.includes(type));
    if (known.length > 0) return [...new Set(known)];
    const addresses = this.#project.references.from(
      resource.module,
      `${resource.type}.${resource.name}`,
      attribute,
    );
    const all = this.#project.resources.filter(
      ({ address, type }) => types.includes(type) && addresses.includes(withoutIndices(address)),
    );
    const same = all.filter(({ key }) => key !== "" && key === resource.key);
    return same.length > 0 && /_id$|_arn$|^role$/.test(attribute) ? same : all;
  }

  /** Says that what is imported is made of it; whatever else there is, is told. */
  use(resource: Resource): Resource {
    this.#used.add(resource);
    return resource;
  }

  isUsed(resource: Resource): boolean {
    return this.#used.has(resource);
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
