import { itemsIn } from "../live/items";
import { Any } from "../live/objects";
import { kubectl, type Live, whyNot } from "../live/question";
import { isUnknownKind } from "./drain";

/**
 * What stands for data in the account, and by which field it is deleted with its claim (Kubernetes, "Persistent Volumes", reclaiming;
 * kubernetes-csi/external-snapshotter, client/apis/volumesnapshot/v1).
 */
const HOLDERS = [
  { resource: "persistentvolumes", field: "persistentVolumeReclaimPolicy" },
  { resource: "volumesnapshotcontents.snapshot.storage.k8s.io", field: "deletionPolicy" },
] as const;

/**
 * Lets volumes and snapshots stay when their claims go: namespaces and charts take the claims with them while the driver still runs, which
 * then deletes what they claimed.
 *
 * @returns names of what was to be deleted; or why it still is
 */
export async function keepData(
  live: Live,
): Promise<{ readonly kept: readonly string[] } | { readonly why: string }> {
  const kept: string[] = [];
  for (const { resource, field } of HOLDERS) {
    const answer = await live.ask(kubectl("get", resource, "-o", "json"));
    if (isUnknownKind(answer)) continue;
    if (answer.is !== "said") return { why: whyNot(answer) };
    const names = itemsIn(answer.text)
      .flatMap((each) => Any.safeParse(each).data ?? [])
      .filter(({ spec }) => spec[field] === "Delete")
      .map(({ metadata }) => metadata.name);
    const patch = JSON.stringify({ spec: { [field]: "Retain" } });
    const answers = await Promise.all(
      names.map((name) => live.ask(kubectl("patch", resource, name, "--type", "merge", "-p", patch))),
    );
    // One that went meanwhile is of a claim that somebody deleted.
    const refused = answers.find((each) => each.is !== "said" && !/NotFound/.test(whyNot(each)));
    if (refused !== undefined && refused.is !== "said") return { why: whyNot(refused) };
    kept.push(...names);
  }
  return { kept };
}
