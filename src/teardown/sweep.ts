import { type Answer, type Live, whyNot } from "../live/question";
import {
  type Cluster,
  type Found,
  type Kind,
  kinds,
  type Leftover,
  type LeftoverKind,
  MOST_TAGGED,
  taggedAs,
} from "./leftover";

export interface Swept {
  readonly found: readonly Leftover[];
  /** Kinds that could not be asked for, with why. */
  readonly unknown: readonly { readonly kind: LeftoverKind; readonly why: string }[];
}

/** What controllers of a cluster left in its account, in the order in which it can be deleted. */
export async function leftoversOf(live: Live, cluster: Cluster): Promise<Swept> {
  const answers = await Promise.all(
    kinds.map(async (kind) => {
      const answer = await live.ask(kind.find(cluster));
      const own = answer.is === "said" ? await ownOf(live, kind, answer, cluster) : whyNot(answer);
      return { kind, own };
    }),
  );
  return {
    found: answers.flatMap(({ kind, own }) =>
      typeof own === "string"
        ? []
        : own.map((each) => ({ ...each, kind: kind.kind, isData: kind.isData === true })),
    ),
    unknown: answers.flatMap(({ kind, own }) =>
      typeof own === "string" ? [{ kind: kind.kind, why: own }] : [],
    ),
  };
}

async function ownOf(
  live: Live,
  kind: Kind,
  answer: Extract<Answer, { is: "said" }>,
  cluster: Cluster,
): Promise<readonly Found[] | string> {
  const said = jsonIn(answer.text);
  if (said === undefined) return "its answer is not JSON";
  const all = kind.read(said, cluster);
  if (kind.tags === undefined) return all;
  const own: Found[] = [];
  for (let start = 0; start < all.length; start += MOST_TAGGED) {
    const some = all.slice(start, start + MOST_TAGGED);
    const tags = await live.ask(kind.tags.question(some.map(({ id }) => id)));
    if (tags.is !== "said") return whyNot(tags);
    const tagged = taggedAs(cluster, kind.tags, jsonIn(tags.text));
    own.push(...some.filter(({ id }) => tagged.has(id)));
  }
  return own;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text === "" ? "{}" : text);
  } catch {
    return undefined;
  }
}

export interface RemoveOptions {
  /** Waits before what something else still held is tried again. */
  readonly pause: () => Promise<void>;
  /** How often; a load balancer's interfaces take some minutes to go. */
  readonly tries: number;
  readonly say?: (line: string) => void;
}

/** What AWS did not delete. */
export interface Held {
  readonly leftover: Leftover;
  readonly why: string;
}

/**
 * Deletes what was found, in its order; what is still held is tried again when the rest is gone.
 *
 * @returns what is left, with why
 */
export async function removeLeftovers(
  live: Live,
  found: readonly Leftover[],
  { pause, tries, say = () => {} }: RemoveOptions,
): Promise<readonly Held[]> {
  let left: readonly Held[] = found.map((leftover) => ({ leftover, why: "" }));
  for (let round = 0; round < tries && left.length > 0; round++) {
    if (round > 0) await pause();
    const held: Held[] = [];
    for (const { leftover } of left) {
      const kind = kinds.find((each) => each.kind === leftover.kind);
      if (kind === undefined) continue;
      const answer = await live.ask(kind.remove(leftover.id));
      if (answer.is === "said" || isGone(answer)) say(`deleted ${leftover.kind} ${shownAs(leftover)}`);
      else held.push({ leftover, why: whyNot(answer) });
    }
    left = held;
  }
  return left;
}

/** `sg-0a1b (k8s-traffic-prod)`. */
export function shownAs({ id, name }: Leftover): string {
  return name === "" || name === id ? id : `${id} (${name})`;
}

/** Codes of EC2, Elastic Load Balancing, CloudWatch Logs and IAM for what is not there: InvalidGroup.NotFound, ResourceNotFoundException, NoSuchEntity. */
function isGone(answer: Answer): boolean {
  return answer.is === "failed" && /NotFound|NoSuchEntity|does not exist/i.test(answer.stderr);
}
