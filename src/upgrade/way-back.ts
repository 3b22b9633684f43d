import { z } from "zod";
import { aws, type Live, whyNot } from "../live/question";
import type { Target } from "../model/target";
import type { MinorName } from "../releases/names";

const DAY_MS = 86_400_000;
/** EKS takes a control plane back within seven days of the end of its upgrade (EKS user guide, rollback-cluster, 2026-11-28). */
const WAY_BACK_MS = 7 * DAY_MS;
/** An update says when it began. What an upgrade takes at most is not said anywhere; it is minutes. */
const LONGEST_UPDATE_MS = DAY_MS / 12;

const updateIds = z.object({ updateIds: z.array(z.string()) });
/** Update of the EKS API Reference. */
const described = z.object({
  update: z.object({
    type: z.string(),
    status: z.string(),
    createdAt: z.union([z.string(), z.number()]),
    params: z.array(z.object({ type: z.string(), value: z.string() })).catch([]),
  }),
});

/** Whether EKS takes a control plane back by a minor. */
export type WayBack =
  | { readonly is: "open"; /** Milliseconds since 1970; at least until then. */ readonly until: number }
  | { readonly is: "over" }
  | { readonly is: "not known"; readonly why: string };

/** Asks EKS when the control plane of a target came to its minor. */
export async function wayBackOf(
  { clusterName }: Target,
  minor: MinorName,
  live: Live,
  now: number,
): Promise<WayBack> {
  const list = await live.ask(aws("eks", "list-updates", "--name", clusterName, "--output", "json"));
  if (list.is !== "said") return { is: "not known", why: whyNot(list) };
  const ids = updateIds.safeParse(jsonOf(list.text)).data?.updateIds ?? [];
  const answers = await Promise.all(
    ids.map((id) =>
      live.ask(aws("eks", "describe-update", "--name", clusterName, "--update-id", id, "--output", "json")),
    ),
  );
  const begun = answers.flatMap((answer) => {
    if (answer.is !== "said") return [];
    const update = described.safeParse(jsonOf(answer.text)).data?.update;
    if (update?.type !== "VersionUpdate" || update.status !== "Successful") return [];
    const isMeant = update.params.some(({ type, value }) => type === "Version" && value === minor);
    return isMeant ? [timeOf(update.createdAt)] : [];
  });
  const unread = answers.find((each) => each.is !== "said");
  if (begun.length === 0) {
    if (unread !== undefined) return { is: "not known", why: whyNot(unread) };
    return { is: "not known", why: `EKS knows of no update of ${clusterName} to ${minor}` };
  }
  const until = Math.max(...begun) + WAY_BACK_MS;
  return now < until + LONGEST_UPDATE_MS ? { is: "open", until } : { is: "over" };
}

/** The AWS CLI writes times as text, or with `cli_timestamp_format = wire` as seconds since 1970. */
function timeOf(at: string | number): number {
  return typeof at === "number" ? at * 1000 : Date.parse(at);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a person types to go back, a line each (docs/releases.md, "The way back"). */
export function wayBackCommands({ clusterName, region }: Target, minor: MinorName): string[] {
  return [
    `aws eks list-insights --region ${region} --cluster-name ${clusterName}`,
    `aws eks update-cluster-version --region ${region} --name ${clusterName} --kubernetes-version ${minor}`,
  ];
}
