import type { UpgradeNote } from "../../components/component";
import { kubectl, whyNot } from "../../live/question";
import type { objects } from "../../live/objects";
import { z } from "zod";
import type { Target } from "../../model/target";
import type { UpgradeHop } from "../../releases/upgrade/plan";
import { notesBetween } from "../../releases/upgrade/upstream-notes";
import { fewOf } from "../../text/listed";
import type { Attributes } from "../../values/value";
import { always, type LiveCheck } from "../../verify/live-check";
import { Notes } from "../../verify/notes";
import { installedSteps } from "../hop-steps";

const Written = z.looseObject({
  kind: z.string().catch(""),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
});

/** Policies and other objects of teams that mean something else after a hop, or are not taken; undefined where no note is about any. */
export function objectsKeepMeaning(target: Target, hop: UpgradeHop): LiveCheck | undefined {
  const notes = installedSteps(target, hop)
    .flatMap(({ component, from, to }) => notesBetween(component, from, to))
    .filter(({ about }) => about !== undefined);
  if (notes.length === 0) return undefined;
  const resources = [...new Set(notes.flatMap(({ about }) => about?.resources ?? []))];
  return {
    id: "OBJECTS-CHANGE",
    group: "platform",
    proves: "no object of a team means something else after it, or is refused",
    asks: resources.map((each) => `kubectl get ${each} -A`),
    offline: "upgrade notes of components",
    applies: always,
    judge: (subject, told) => {
      const found = new Notes(told);
      const lists = new Map(
        resources.map((each) => {
          const question = kubectl("get", each, "-A", "-o", "json");
          const answer = told(question);
          // Whoever has no such kind has no such object.
          const isNone = answer.is !== "said" && /doesn't have a resource type/.test(whyNot(answer));
          return [each, isNone ? [] : found.objects(Written, each, "-A")] as const;
        }),
      );
      for (const note of notes) {
        const names = meantBy(note, lists, subject.target);
        if (names.length > 0) found.fault(`${fewOf(names, 8)}: ${note.says} (${note.source})`);
      }
      found.seen(`no object is of those that the notes are about: ${resources.join(", ")}`);
      return found.outcome();
    },
  };
}

type Lists = ReadonlyMap<string, ReturnType<typeof objects<typeof Written>>>;

function meantBy({ about }: UpgradeNote, lists: Lists, { config }: Target): string[] {
  const { resources = [], isMeant = () => true } = about ?? {};
  return resources
    .flatMap((each) => lists.get(each) ?? [])
    .filter((object) => isMeant(object as Attributes, config))
    .map(({ kind, metadata }) => {
      const { name, namespace } = metadata;
      return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
    });
}
