import { canonical, isArray, type Json } from "../terraform-plan/json";
import { typeOfAddress } from "../text/terraform-address";
import { attributeOf, type Existing, nameOf, textAt } from "./existing";
import { emptyIsNone } from "./kinds/ec2";
import type { Kind } from "./kinds/kind";
import { kinds } from "./kinds/kinds";
import type { Planned, PlannedStack } from "./planned";

/** What exists, for an address of the stack. */
export interface Match {
  readonly address: string;
  readonly type: string;
  /** By which Terraform imports it. */
  readonly id: string;
  readonly existing: Existing;
}

/** An address for which several things fit, or one thing that fits another address as well. Nobody guesses. */
export interface Doubt {
  readonly address: string;
  readonly type: string;
  /** Import ids and names of what fits. */
  readonly fits: readonly { readonly id: string; readonly name: string }[];
  /** Other addresses that the same fits. */
  readonly rivals: readonly string[];
}

export interface Matched {
  readonly matches: readonly Match[];
  readonly doubts: readonly Doubt[];
  /** Nothing that exists is it. */
  readonly absent: readonly Planned[];
  /** Of types that are not looked for. */
  readonly unknown: readonly Planned[];
}

interface Found {
  readonly existing: Existing;
  readonly id: string;
}

/**
 * For each resource that a plan would make, what exists in its place. The result does not depend on the order of what is given.
 *
 * @param given import ids by address that are known already: what exists has one owner
 */
export function match(
  { created, refer }: PlannedStack,
  existing: readonly Existing[],
  given: Readonly<Record<string, string>> = {},
): Matched {
  const wanted = created.filter(({ type }) => kinds.has(type)).sort(byAddress);
  const all = offered(existing);
  const found = new Map<string, Found>();
  const taken = new Map<string, string>();
  const take = (address: string, type: string, each: Found) => {
    found.set(address, each);
    taken.set(`${type} ${each.id}`, address);
  };
  for (const [address, id] of Object.entries(given)) {
    const type = typeOfAddress(address);
    const same = all.get(type)?.find((each) => each.id === id);
    if (same === undefined) taken.set(`${type} ${id}`, address);
    else take(address, type, same);
  }
  const look = (planned: Planned, level: number) =>
    candidates(planned, level, { all, found, refer, wanted, kind: kinds.get(planned.type) as Kind });
  const left = () => wanted.filter(({ address }) => !found.has(address));

  // The surest ways first; what they find may make others sure.
  for (let level = 0; level <= LEVELS;) {
    const looked = left().map((planned) => ({ planned, fits: look(planned, level) }));
    const sure = looked.filter(({ planned, fits }) => {
      const [only] = fits;
      return (
        fits.length === 1 &&
        only !== undefined &&
        !taken.has(`${planned.type} ${only.id}`) &&
        rivalsOf(planned, fits, looked).length === 0
      );
    });
    for (const { planned, fits } of sure) take(planned.address, planned.type, fits[0] as Found);
    level = sure.length > 0 ? 0 : level + 1;
  }

  const looked = left().map((planned) => ({ planned, fits: look(planned, LEVELS) }));
  const doubts = looked
    .filter(({ fits }) => fits.length > 0)
    .map(({ planned, fits }): Doubt => ({
      address: planned.address,
      type: planned.type,
      fits: fits
        .map(({ id, existing: each }) => ({ id, name: nameOf(each) }))
        .sort((a, b) => compare(a.id, b.id)),
      rivals: [
        ...new Set([
          ...rivalsOf(planned, fits, looked),
          ...fits.flatMap(({ id }) => taken.get(`${planned.type} ${id}`) ?? []),
        ]),
      ].sort(compare),
    }));
  return {
    matches: wanted.flatMap(({ address, type }): Match[] => {
      const each = found.get(address);
      return each === undefined || Object.hasOwn(given, address) ? [] : [{ address, type, ...each }];
    }),
    doubts,
    absent: looked.filter(({ fits }) => fits.length === 0).map(({ planned }) => planned),
    unknown: created.filter(({ type }) => !kinds.has(type)).sort(byAddress),
  };
}

/** Addresses in an old project's state of what a stack has from now on, whoever wrote down that it does. */
export function oldAddresses(
  existing: readonly Existing[],
  imports: Readonly<Record<string, string>>,
): readonly string[] {
  const taken = new Set(Object.entries(imports).map(([to, id]) => `${typeOfAddress(to)} ${id}`));
  const idOf = ({ type, attributes }: Existing) =>
    kinds.get(type)?.importId(attributes) ?? textAt(attributes, "id") ?? "";
  const old = existing.filter((each) => taken.has(`${each.type} ${idOf(each)}`));
  return [...new Set(old.flatMap(({ address }) => address ?? []))].sort(compare);
}

/** As many ways as the kind with the most of them has. */
const LEVELS = Math.max(...[...kinds.values()].map((each) => each.by.length));

interface Looked {
  readonly planned: Planned;
  readonly fits: readonly Found[];
}

function rivalsOf(
  { address, type }: Planned,
  fits: readonly Found[],
  looked: readonly Looked[],
): readonly string[] {
  return looked
    .filter(({ planned }) => planned.type === type && planned.address !== address)
    .filter((other) => other.fits.some(({ id }) => fits.some((each) => each.id === id)))
    .map(({ planned }) => planned.address);
}

/** What can be imported, by type; the same thing told twice is one. */
function offered(existing: readonly Existing[]): ReadonlyMap<string, readonly Found[]> {
  const byType = new Map<string, Map<string, Found>>();
  for (const each of existing) {
    const id = kinds.get(each.type)?.importId(each.attributes);
    if (id === undefined) continue;
    const ofType = byType.get(each.type) ?? new Map<string, Found>();
    byType.set(each.type, ofType.set(id, ofType.get(id) ?? { existing: each, id }));
  }
  return new Map(
    [...byType].map(([type, ids]) => [type, [...ids.values()].sort((a, b) => compare(a.id, b.id))]),
  );
}

interface World {
  readonly all: ReadonlyMap<string, readonly Found[]>;
  readonly found: ReadonlyMap<string, Found>;
  readonly refer: PlannedStack["refer"];
  readonly wanted: readonly Planned[];
  readonly kind: Kind;
}

/** What may be it: by what names it, else by the surest set of attributes that has any; several are told apart by their name. */
function candidates(planned: Planned, level: number, world: World): readonly Found[] {
  const { all, kind } = world;
  const ofType = all.get(planned.type) ?? [];
  const named = throughOthers(planned, ofType, world);
  if (named.length > 0) return named;
  for (const set of kind.by.slice(0, level + 1)) {
    const fits = having(planned, set, ofType, world);
    if (fits.length === 1) return fits;
    if (fits.length > 1) return byName(planned, fits);
  }
  return [];
}

function throughOthers(
  { address }: Planned,
  ofType: readonly Found[],
  { kind, wanted, found, refer }: World,
): readonly Found[] {
  const { through } = kind;
  if (through === undefined) return [];
  const values = wanted
    .filter(({ type }) => type === through.type)
    .filter((each) => refer(each.address, through.attribute)?.address === address)
    .flatMap((each) => textAt(found.get(each.address)?.existing.attributes ?? null, through.attribute) ?? []);
  return ofType.filter(({ existing }) => values.includes(textAt(existing.attributes, through.is) ?? ""));
}

function having(
  planned: Planned,
  set: readonly string[],
  ofType: readonly Found[],
  world: World,
): readonly Found[] {
  const values = set.map((name) => [name, valueOf(planned, name, world)] as const);
  // What nobody knows yet is not the same as none; but a rule has one kind of source, and the provider leaves the others open.
  const hasSource = values.some(
    ([name, value]) => emptyIsNone.has(name) && value !== undefined && value !== false,
  );
  const isNone = (name: string) => emptyIsNone.has(name) && (hasSource || !planned.unknown.has(name));
  if (values.some(([name, value]) => value === undefined && !isNone(name))) return [];
  if (values.every(([, value]) => value === undefined)) return [];
  return ofType.filter(({ existing: { attributes } }) =>
    values.every(([name, value]) => {
      if (name.endsWith("_prefix"))
        return startsWith(textAt(attributes, name.replace(/_prefix$/, "")), value);
      return same(normal(name, value, attributes), normal(name, attributeOf(attributes, name), attributes));
    }),
  );
}

/** As the plan has it, or as what it is taken from has it. */
function valueOf({ address, attributes }: Planned, name: string, { found, refer }: World): Json | undefined {
  const value = attributeOf(attributes, name);
  if (value !== undefined) return value;
  // One of the two names is made of the other.
  if (name.endsWith("_prefix") && attributeOf(attributes, name.replace(/_prefix$/, "")) !== undefined)
    return undefined;
  const reference = refer(address, name);
  const from = reference === undefined ? undefined : found.get(reference.address);
  return reference === undefined || from === undefined
    ? undefined
    : attributeOf(from.existing.attributes, reference.path);
}

/** None, an empty list and false are one where AWS makes no difference; of all protocols there are no ports; an issuer has no scheme in IAM. */
function normal(name: string, value: Json | undefined, attributes: Json): Json | undefined {
  if (emptyIsNone.has(name) && (value === false || value === "" || (isArray(value) && value.length === 0)))
    return undefined;
  const protocol = textAt(attributes, "protocol") ?? textAt(attributes, "ip_protocol");
  if (/^(from|to)_port$/.test(name) && protocol === "-1") return undefined;
  if (name === "url" && typeof value === "string") return value.replace(/^https:\/\//, "");
  if (isArray(value)) return [...value].sort((a, b) => compare(canonical(a), canonical(b)));
  return value;
}

function same(a: Json | undefined, b: Json | undefined): boolean {
  return a === undefined || b === undefined ? a === b : canonical(a) === canonical(b);
}

function startsWith(name: string | undefined, prefix: Json | undefined): boolean {
  return typeof prefix === "string" && prefix !== "" && name?.startsWith(prefix) === true;
}

function byName(planned: Planned, fits: readonly Found[]): readonly Found[] {
  const name = textAt(planned.attributes, "tags.Name");
  const alike = fits.filter(({ existing }) => textAt(existing.attributes, "tags.Name") === name);
  return name !== undefined && alike.length > 0 ? alike : fits;
}

function byAddress(a: Planned, b: Planned): number {
  return compare(a.address, b.address);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
