import { at, type Attributes, isMap, items, type Value } from "../../values/value";
import { containersOf } from "../pods/pod";
import type { Amounts, ContainerAmounts } from "./pod-resources";

/** A pod's spec with what its containers are given beside what they say, as policies see it. */
export function defaultedSpec(spec: Attributes, containers: readonly ContainerAmounts[]): Attributes {
  const byName = new Map(containers.map((each) => [`${each.isInit} ${each.name}`, each]));
  const filled = (list: "initContainers" | "containers"): Value[] =>
    items(spec[list]).map((container) => {
      const [read] = containersOf({ [list]: [container] });
      const amounts = read && byName.get(`${read.isInit} ${read.name}`);
      if (!isMap(container) || amounts === undefined) return container;
      const { requests, limits } = amounts;
      const resources = { requests: together(container, "requests", requests) };
      return { ...container, resources: { ...resources, limits: together(container, "limits", limits) } };
    });
  return {
    ...spec,
    ...(spec.initContainers !== undefined && { initContainers: filled("initContainers") }),
    containers: filled("containers"),
  };
}

/** What a container says, and in thousandths what it is given. */
function together(container: Value, part: "requests" | "limits", given: Amounts): Attributes {
  const own = at(container, "resources", part);
  const added = Object.fromEntries([...given].map(([resource, amount]) => [resource, `${amount}m`]));
  return { ...added, ...(isMap(own) && own) };
}
