import type { CauseId } from "./causes/causes";
import type { World } from "./world";

const ENOUGH = 64;

/** What was collected and does not fit the cause; a reader weighs it. */
export function againstOf(cause: CauseId, world: World): readonly string[] {
  switch (cause) {
    case "subnet-full":
      return roomyOf(world);
    case "prefixes-fragmented":
      return world.cniSettings.get("ENABLE_PREFIX_DELEGATION")?.value === "false"
        ? ["ENABLE_PREFIX_DELEGATION is false: no prefix is asked for"]
        : [];
    case "prefix-delegation-off":
      return world.cniSettings.get("ENABLE_PREFIX_DELEGATION")?.value === "true"
        ? ["ENABLE_PREFIX_DELEGATION is true; nodes from before it was set keep their number of pods"]
        : world.cniSettings.has("ENABLE_PREFIX_DELEGATION")
          ? []
          : ["whether prefixes are on was not collected"];
    case "webhook-overlay":
      return runs(world, /^aws-node-/) ? ["aws-node runs: pods have addresses of the VPC"] : [];
    case "webhook-down":
      return world.nodes.length === 0 && world.pods.length === 0
        ? ["where its pods are was not collected"]
        : [];
    case "coredns-overloaded":
      return world.pods.some(({ name }) => /^coredns-/.test(name)) && !broken(world, /^coredns-/)
        ? ["the pods of CoreDNS that were listed are running and ready"]
        : [];
    case "image-denied":
    case "registry-unreachable":
      return world.lines.some(({ text }) => /Successfully pulled image/.test(text))
        ? ["other images were pulled"]
        : [];
    case "node-dataplane": {
      const nodes = new Set(world.pods.filter(({ ready }) => ready === false).map(({ node }) => node));
      return nodes.size > 2 ? [`pods of ${nodes.size} nodes are not ready`] : [];
    }
    default:
      return [];
  }
}

function roomyOf({ subnets }: World): string[] {
  const roomy = subnets.filter(({ free }) => free >= ENOUGH);
  if (roomy.length === 0) return [];
  return [roomy.map(({ id, free }) => `${id || "a subnet"} has ${free} addresses left`).join(", ")];
}

function runs({ pods }: World, name: RegExp): boolean {
  return pods.some((pod) => name.test(pod.name) && pod.ready === true);
}

function broken({ pods }: World, name: RegExp): boolean {
  return pods.some((pod) => name.test(pod.name) && pod.ready === false);
}
