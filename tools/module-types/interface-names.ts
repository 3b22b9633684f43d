import { type ObjectType, type TerraformType } from "./terraform-type";

/** Where an object type stands: the input's name, then attribute names; `element` is true below a collection. */
export interface PathStep {
  readonly name: string;
  readonly element: boolean;
}

export interface ObjectPlace {
  readonly path: readonly PathStep[];
  readonly type: ObjectType;
}

/** All object types inside the type of an input, outer ones first. */
export function objectPlaces(path: readonly PathStep[], type: TerraformType): ObjectPlace[] {
  switch (type.kind) {
    case "string":
    case "number":
    case "bool":
    case "any":
      return [];
    case "list":
    case "set":
    case "map":
      return objectPlaces(elementPath(path), type.element);
    case "tuple":
      return type.elements.flatMap((element, index) => objectPlaces(tupleElementPath(path, index), element));
    case "object":
      return [
        { path, type },
        ...type.attributes.flatMap((attribute) =>
          objectPlaces(attributePath(path, attribute.name), attribute.type),
        ),
      ];
  }
}

export function attributePath(path: readonly PathStep[], name: string): readonly PathStep[] {
  return [...path, { name, element: false }];
}

export function elementPath(path: readonly PathStep[]): readonly PathStep[] {
  return path.map((step, index) => (index === path.length - 1 ? { ...step, element: true } : step));
}

export function tupleElementPath(path: readonly PathStep[], index: number): readonly PathStep[] {
  return path.map((step, at) => (at === path.length - 1 ? { ...step, name: `${step.name}.${index}` } : step));
}

/** For example `addons.*.timeouts`. */
export function pathText(path: readonly PathStep[]): string {
  return path.map((step) => (step.element ? `${step.name}.*` : step.name)).join(".");
}

/**
 * Gives each object type the shortest name that says which it is: the class of the module and as few steps from the
 * end of the path as tell different types apart. Equal types whose short names are equal share one name.
 *
 * @param reserved names that the generated file uses for something else
 * @returns name by path text
 */
export function interfaceNames(
  prefix: string,
  places: readonly ObjectPlace[],
  reserved: ReadonlySet<string>,
): Map<string, string> {
  const candidates = places.map((place) => ({ place, structure: JSON.stringify(place.type), steps: 1 }));
  for (;;) {
    const ambiguous = [
      ...groupBy(candidates, (candidate) => nameOf(prefix, candidate.place, candidate.steps)),
    ]
      .filter(
        ([name, group]) => reserved.has(name) || new Set(group.map(({ structure }) => structure)).size > 1,
      )
      .flatMap(([, group]) => group);
    const extensible = ambiguous.filter(({ place, steps }) => steps < place.path.length);
    if (extensible.length === 0) break;
    for (const candidate of extensible) candidate.steps += 1;
  }
  return numbered(
    candidates.map(({ place, structure, steps }) => ({
      path: pathText(place.path),
      structure,
      name: nameOf(prefix, place, steps),
    })),
    reserved,
  );
}

/** Whole paths can still meet, as `rule` and each of `rules` do: the later one gets a number. */
function numbered(
  entries: readonly { readonly path: string; readonly structure: string; readonly name: string }[],
  reserved: ReadonlySet<string>,
): Map<string, string> {
  const structureOf = new Map([...reserved].map((name) => [name, "reserved"]));
  const names = new Map<string, string>();
  for (const { path, structure, name } of entries) {
    let unique = name;
    for (let number = 2; (structureOf.get(unique) ?? structure) !== structure; number += 1)
      unique = `${name}${number}`;
    structureOf.set(unique, structure);
    names.set(path, unique);
  }
  return names;
}

function nameOf(prefix: string, { path }: ObjectPlace, steps: number): string {
  return prefix + path.slice(-steps).map(stepName).join("");
}

function stepName({ name, element }: PathStep): string {
  return (element ? singular(name) : name)
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** English plurals as far as Terraform's names need them. */
function singular(name: string): string {
  if (/ies$/.test(name)) return name.replace(/ies$/, "y");
  if (/(?:ss|x|ch|sh|us)es$/.test(name)) return name.replace(/es$/, "");
  return /(?:ss|us|is)$/.test(name) ? name : name.replace(/s$/, "");
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
