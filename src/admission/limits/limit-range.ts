import { at, items, text, type Value } from "../../values/value";
import { type Amounts, amountsOf, type ContainerAmounts, podAmounts } from "./pod-resources";

/** One entry of a LimitRange, with the defaults that the API server fills in. */
interface Limits {
  readonly type: "Container" | "Pod";
  readonly defaultRequest: Amounts;
  readonly defaultLimit: Amounts;
  readonly min: Amounts;
  readonly max: Amounts;
  readonly ratio: Amounts;
}

/** What a LimitRange does to pods; undefined where some of it is not known yet. */
export function limitsOf(manifest: Value): Limits[] | undefined {
  const all = items(at(manifest, "spec", "limits")).map((each): Limits | undefined => {
    const amounts = (key: string) => amountsOf(at(each, key));
    const [defaultRequest, defaultLimit] = [amounts("defaultRequest"), amounts("default")];
    const [min, max, ratio] = [amounts("min"), amounts("max"), amounts("maxLimitRequestRatio")];
    if (!defaultRequest || !defaultLimit || !min || !max || !ratio) return undefined;
    const type = text(at(each, "type"));
    if (type !== "Container")
      return { type: "Pod", defaultRequest: new Map(), defaultLimit: new Map(), min, max, ratio };
    // pkg/apis/core/v1, SetDefaults_LimitRangeItem: the limit from the most, the request from the limit, else from the least.
    const limit = new Map([...max, ...defaultLimit]);
    const request = new Map([...min, ...limit, ...defaultRequest]);
    return { type, defaultRequest: request, defaultLimit: limit, min, max, ratio };
  });
  const kinds = items(at(manifest, "spec", "limits")).map((each) => text(at(each, "type")));
  if (!all.every((each) => each !== undefined)) return undefined;
  return all.filter((_, index) => kinds[index] === "Container" || kinds[index] === "Pod");
}

/** Containers with what a LimitRange gives those that say nothing. */
export function withDefaults(
  containers: readonly ContainerAmounts[],
  limits: readonly Limits[],
): ContainerAmounts[] {
  const own = limits.filter(({ type }) => type === "Container");
  return containers.map((each) => ({
    ...each,
    limits: new Map([...own.flatMap(({ defaultLimit }) => [...defaultLimit]), ...each.limits]),
    requests: new Map([...own.flatMap(({ defaultRequest }) => [...defaultRequest]), ...each.requests]),
  }));
}

/**
 * What a LimitRange has against a pod, whose containers have their defaults (kubernetes/kubernetes v1.33.13,
 * plugin/pkg/admission/limitranger/admission.go).
 */
export function limitProblems(
  spec: Value,
  containers: readonly ContainerAmounts[],
  limits: readonly Limits[],
): string[] {
  return limits.flatMap((each) =>
    each.type === "Container"
      ? containers.flatMap(({ name, ...amounts }) => broken(`container ${name}`, each, amounts))
      : broken("the pod", each, {
          requests: podAmounts(spec, containers, "requests"),
          limits: podAmounts(spec, containers, "limits"),
        }),
  );
}

/** A request above its limit, which the API server takes from no pod; defaults make some. */
export function aboveTheirLimit(containers: readonly ContainerAmounts[]): string[] {
  return containers.flatMap(({ name, requests, limits }) =>
    [...requests].flatMap(([resource, asked]) => {
      const limit = limits.get(resource);
      return limit === undefined || asked <= limit
        ? []
        : [
            `container ${name} asks for ${amountText(resource, asked)} of ${resource}, above its limit of ${amountText(resource, limit)}`,
          ];
    }),
  );
}

function broken(
  who: string,
  { min, max, ratio }: Limits,
  { requests, limits }: Pick<ContainerAmounts, "requests" | "limits">,
): string[] {
  const said: string[] = [];
  const says = (resource: string, part: string, amount: number | undefined, than: string): void => {
    said.push(
      `${who} has ${amount === undefined ? `no ${part}` : `a ${part} of ${amountText(resource, amount)}`} for ${resource}, ${than}`,
    );
  };
  for (const [resource, least] of min) {
    const than = `less than ${amountText(resource, least)}`;
    const [asked, limit] = [requests.get(resource), limits.get(resource)];
    if (asked === undefined || asked < least) says(resource, "request", asked, than);
    else if (limit !== undefined && limit < least) says(resource, "limit", limit, than);
  }
  for (const [resource, most] of max) {
    const than = `more than ${amountText(resource, most)}`;
    const [asked, limit] = [requests.get(resource), limits.get(resource)];
    if (limit === undefined || limit > most) says(resource, "limit", limit, than);
    else if (asked !== undefined && asked > most) says(resource, "request", asked, than);
  }
  for (const [resource, most] of ratio) {
    const [asked = 0, limit = 0] = [requests.get(resource), limits.get(resource)];
    if (asked === 0 || limit === 0) said.push(`${who} needs a request and a limit for ${resource}`);
    else if ((limit / asked) * 1000 > most)
      said.push(`${who} has a limit for ${resource} of more than ${most / 1000} times its request`);
  }
  return said;
}

/** As people write it: cores, or MiB of what is counted in bytes. */
export function amountText(resource: string, amount: number): string {
  if (!/memory|storage/.test(resource)) return String(amount / 1000);
  const mib = amount / 1000 / 2 ** 20;
  return Number.isInteger(mib) ? `${mib}Mi` : String(amount / 1000);
}
