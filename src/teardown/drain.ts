import { itemsIn } from "../live/items";
import { Any } from "../live/objects";
import { type Answer, kubectl, type Live, whyNot } from "../live/question";
import { counted } from "../text/counted";

/** What controllers have to take back while they still run, before what runs them goes. */
export interface Stage {
  /** For readers: what goes. */
  readonly what: string;
  /** Deleted one after the other; each is gone before the next is asked for. */
  readonly steps: readonly (readonly Resource[])[];
}

interface Resource {
  /** As kubectl takes it, with its group. */
  readonly resource: string;
  /** Which of them; all without it. */
  readonly which?: (object: Any) => boolean;
}

/**
 * EKS User Guide, "Delete a cluster": Services with a load balancer are deleted first, or it stays. The AWS Load Balancer Controller alone
 * takes its finalizers off (docs/taking-a-layer-out.md). Gateways before Services, which their controllers would make again.
 */
export const BALANCER_STAGE: Stage = {
  what: "Gateways, Ingresses, Services of type LoadBalancer and TargetGroupBindings",
  steps: [
    [
      { resource: "gateways.gateway.networking.k8s.io" },
      { resource: "ingresses.networking.k8s.io" },
      { resource: "services", which: ({ spec }) => spec.type === "LoadBalancer" },
    ],
    [{ resource: "targetgroupbindings.elbv2.k8s.aws" }],
  ],
};

/**
 * A NodePool that is gone makes no more NodeClaims; a NodeClaim's finalizer stays until its node is drained and its instance is gone; a
 * node class's until no NodeClaim has it and its instance profile is deleted (kubernetes-sigs/karpenter v1.14.1,
 * pkg/controllers/nodeclaim/lifecycle/controller.go; aws/karpenter-provider-aws v1.14.1, pkg/controllers/nodeclass/controller.go).
 */
export const KARPENTER_STAGE: Stage = {
  what: "Karpenter's pools and their nodes",
  steps: [
    [{ resource: "nodepools.karpenter.sh" }],
    [{ resource: "nodeclaims.karpenter.sh" }],
    [{ resource: "ec2nodeclasses.karpenter.k8s.aws" }],
  ],
};

export interface DrainOptions {
  /** Whoever is asked; anew each time, because things go. */
  readonly live: () => Live;
  readonly pause: () => Promise<void>;
  /** How often to look whether a step's objects are gone, before its nodes are no longer waited for, and again after that. */
  readonly tries: number;
  readonly now: () => Date;
  readonly say: (line: string) => void;
}

interface There {
  readonly resource: string;
  readonly object: Any;
}

/** @returns what is still there, `nodeclaims.karpenter.sh general-x7k2p`; or why the cluster can't be asked */
export async function drain(
  { steps }: Stage,
  options: DrainOptions,
): Promise<{ readonly left: readonly string[] } | { readonly why: string }> {
  for (const step of steps) {
    const there = await thereOf(step, options.live());
    if (typeof there === "string") return { why: there };
    if (there.length === 0) continue;
    options.say(
      `deleting ${step
        .map((each) => countOf(each, there))
        .filter(Boolean)
        .join(", ")}`,
    );
    const refused = await deleteAll(there, options.live());
    if (refused !== undefined) return { why: refused };
    let left = await waited(step, options);
    if (typeof left === "string") return { why: left };
    if (left.length > 0 && (await force(left, options))) left = await waited(step, options);
    if (typeof left === "string") return { why: left };
    if (left.length > 0) return { left: left.map(shown) };
  }
  return { left: [] };
}

/** What of a stage is there, counted; undefined where the cluster can't be asked. */
export async function countsThere({ steps }: Stage, live: Live): Promise<readonly string[] | undefined> {
  const counts: string[] = [];
  for (const step of steps) {
    const there = await thereOf(step, live);
    if (typeof there === "string") return undefined;
    counts.push(...step.map((each) => countOf(each, there)).filter((each) => each !== ""));
  }
  return counts;
}

/** `3 nodeclaims`; nothing where there is none. */
function countOf({ resource }: Resource, there: readonly There[]): string {
  const count = there.filter((each) => each.resource === resource).length;
  const [plural = resource] = resource.split(".");
  return count === 0 ? "" : counted(count, plural.replace(/sses$/, "ss").replace(/([^s])s$/, "$1"));
}

const shown = ({ resource, object: { metadata } }: There) =>
  `${resource} ${metadata.namespace === "" ? "" : `${metadata.namespace}/`}${metadata.name}`;

async function thereOf(step: readonly Resource[], live: Live): Promise<readonly There[] | string> {
  const all: There[] = [];
  for (const { resource, which = () => true } of step) {
    const answer = await live.ask(kubectl("get", resource, "-A", "-o", "json"));
    if (isUnknownKind(answer)) continue;
    if (answer.is !== "said") return whyNot(answer);
    const objects = itemsIn(answer.text).flatMap((each) => Any.safeParse(each).data ?? []);
    all.push(...objects.filter(which).map((object) => ({ resource, object })));
  }
  return all;
}

/** kubectl's words for a kind that the cluster does not have (kubernetes/apimachinery, pkg/api/meta). */
export function isUnknownKind(answer: Answer): boolean {
  return answer.is === "failed" && /doesn't have a resource type|no matches for kind/.test(answer.stderr);
}

/** @returns why not */
async function deleteAll(there: readonly There[], live: Live): Promise<string | undefined> {
  const places = new Map<string, { resource: string; namespace: string; names: string[] }>();
  for (const { resource, object } of there) {
    const { namespace, name } = object.metadata;
    const key = `${resource} ${namespace}`;
    places.set(key, { resource, namespace, names: [...(places.get(key)?.names ?? []), name] });
  }
  for (const { resource, namespace, names } of places.values()) {
    const answer = await live.ask(
      kubectl(
        ...["delete", resource, ...names, "--wait=false", "--ignore-not-found"],
        ...(namespace === "" ? [] : ["-n", namespace]),
      ),
    );
    if (answer.is !== "said") return whyNot(answer);
  }
  return undefined;
}

async function waited(
  step: readonly Resource[],
  { live, pause, tries }: DrainOptions,
): Promise<readonly There[] | string> {
  let left = await thereOf(step, live());
  for (let round = 1; round < tries && (typeof left === "string" || left.length > 0); round++) {
    await pause();
    left = await thereOf(step, live());
  }
  return left;
}

/**
 * Nodes whose pods may not be evicted: from the time of this annotation on Karpenter waits for none of them
 * (kubernetes-sigs/karpenter v1.14.1, pkg/apis/v1/labels.go, pkg/controllers/node/termination/controller.go).
 *
 * @returns whether there was anything to force
 */
async function force(left: readonly There[], { live, now, say }: DrainOptions): Promise<boolean> {
  const claims = left.filter(({ resource }) => resource === "nodeclaims.karpenter.sh");
  if (claims.length === 0) return false;
  say(
    `${counted(claims.length, "node")} can't be drained, because of budgets or pods that must not be disrupted; no longer waited for`,
  );
  const until = `karpenter.sh/nodeclaim-termination-timestamp=${now()
    .toISOString()
    .replace(/\.\d+Z$/, "Z")}`;
  await live().ask(
    kubectl(
      ...["annotate", "nodeclaims.karpenter.sh", ...claims.map(({ object }) => object.metadata.name)],
      ...[until, "--overwrite"],
    ),
  );
  return true;
}
