import published from "./iam-actions.json";

/** What an action does: P is permissions management. */
export type AccessLevel = "R" | "L" | "W" | "T" | "P" | "?";

/** A kind of resource that an action is for. */
export interface ActionResource {
  readonly type: string;
  /** Whether every call of the action has one. */
  readonly required: boolean;
  /** `arn:*:ec2:*:*:volume/*` */
  readonly arn: string;
  /** Condition keys that a call carries for it; one that ends with `/` or `:` is of a name behind it. */
  readonly keys: readonly string[];
}

export interface IamAction {
  /** `ec2:CreateVolume`, as AWS writes it. */
  readonly name: string;
  readonly level: AccessLevel;
  /** Condition keys of every call of it, whatever the resource. */
  readonly keys: readonly string[];
  /** None: a policy can't name a resource for it. */
  readonly resources: readonly ActionResource[];
}

interface Service {
  readonly keys: readonly string[];
  readonly sets: readonly string[];
  readonly kinds: Readonly<Partial<Record<string, string>>>;
  readonly types: Readonly<Partial<Record<string, readonly (string | number)[]>>>;
  readonly actions: Readonly<Record<string, string>>;
}

interface Published {
  readonly source: string;
  readonly date: string;
  readonly services: Readonly<Partial<Record<string, Service>>>;
}

// Made by tools/iam-data/extract.mjs.
const data = published as unknown as Published;

/** Where the actions are from, and of which day. */
export const iamDataSource = { source: data.source, date: data.date };

export function isKnownService(service: string): boolean {
  return data.services[service] !== undefined;
}

/** All services that the data has, by their prefixes. */
export const serviceNames: readonly string[] = Object.keys(data.services);

const names = new Map<string, ReadonlyMap<string, string>>();

/** Actions of a service by their names in lower case, without the service. None: a service that the data does not have. */
export function actionNames(service: string): ReadonlyMap<string, string> {
  const read = names.get(service);
  if (read !== undefined) return read;
  const known = Object.keys(data.services[service]?.actions ?? {});
  const found = new Map(known.map((name): [string, string] => [name.toLowerCase(), name]));
  names.set(service, found);
  return found;
}

const actions = new Map<string, IamAction | undefined>();

/** An action by its whole name in any case. Undefined: AWS has none, or the service is not in the data. */
export function iamAction(name: string): IamAction | undefined {
  const lower = name.toLowerCase();
  if (!actions.has(lower)) actions.set(lower, readAction(lower));
  return actions.get(lower);
}

function readAction(lower: string): IamAction | undefined {
  const [prefix = "", action = ""] = lower.split(":");
  const service = data.services[prefix];
  const name = actionNames(prefix).get(action);
  return service === undefined || name === undefined
    ? undefined
    : actionOf(service, `${prefix}:${name}`, service.actions[name] ?? "");
}

/** What kind of value a condition key has: `String` where nothing else is said. */
export function kindOfKey(service: string, key: string): string {
  const kinds = data.services[service]?.kinds ?? {};
  return Object.entries(kinds).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1] ?? "String";
}

function actionOf(service: Service, name: string, text: string): IamAction {
  const [level = "?", keys = "", ...types] = text.split(" ");
  return {
    name,
    level: level as AccessLevel,
    keys: keysOf(service, Number(keys)),
    resources: types.map((each) => {
      const [type = "", set = ""] = each.split(":");
      const short = type.replace(/!$/, "");
      const [arn, own] = service.types[short] ?? ["*", ""];
      const given = keysOf(service, Number(set));
      return {
        type: short,
        required: type.endsWith("!"),
        arn: `${arn ?? "*"}`,
        // Where the reference lists none for the action, those that the resource has stand in, such as its tags; what a
        // request brings does not.
        keys:
          given.length > 0
            ? given
            : keysOf(service, Number(own)).filter((key) => !/RequestTag|TagKeys/.test(key)),
      };
    }),
  };
}

function keysOf({ keys, sets }: Service, set: number): string[] {
  return (sets[set] ?? "")
    .split(" ")
    .filter((each) => each !== "")
    .map((each) => keys[Number(each)] ?? "");
}
