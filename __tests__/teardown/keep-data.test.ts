import { type Answer, type Live, type Question, typed } from "../../src/live/question";
import { keepData } from "../../src/teardown/keep-data";
import { list } from "../support/live-answers";

const volume = (name: string, policy: string) => ({
  kind: "PersistentVolume",
  metadata: { name },
  spec: { persistentVolumeReclaimPolicy: policy },
});
const content = {
  kind: "VolumeSnapshotContent",
  metadata: { name: "s" },
  spec: { deletionPolicy: "Delete" },
};
const failed = (stderr: string): Answer => ({ is: "failed", code: 1, text: "", stderr });

function cluster(answers: Readonly<Record<string, Answer>> = {}) {
  const changed: string[] = [];
  const items: Readonly<Record<string, readonly object[]>> = {
    persistentvolumes: [volume("a", "Delete"), volume("b", "Retain"), volume("c", "Delete")],
    "volumesnapshotcontents.snapshot.storage.k8s.io": [content],
  };
  const live: Live = {
    ask: (question: Question) => {
      const [verb = "", resource = ""] = question.args;
      if (verb === "patch") changed.push(typed(question));
      const said: Answer = { is: "said", text: JSON.stringify(list(...(items[resource] ?? []))) };
      return Promise.resolve(answers[`${verb} ${resource}`] ?? said);
    },
  };
  return { live, changed };
}

test("volumes and snapshots that would go with their claims are made to stay, and nothing else is changed", async () => {
  const { live, changed } = cluster();

  expect(await keepData(live)).toEqual({ kept: ["a", "c", "s"] });
  expect(changed).toEqual([
    `kubectl patch persistentvolumes a --type merge -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`,
    `kubectl patch persistentvolumes c --type merge -p '{"spec":{"persistentVolumeReclaimPolicy":"Retain"}}'`,
    `kubectl patch volumesnapshotcontents.snapshot.storage.k8s.io s --type merge -p '{"spec":{"deletionPolicy":"Retain"}}'`,
  ]);
});

test("a cluster without snapshots has none to keep", async () => {
  const get = "get volumesnapshotcontents.snapshot.storage.k8s.io";
  const { live } = cluster({ [get]: failed(`error: the server doesn't have a resource type "x"`) });

  expect(await keepData(live)).toEqual({ kept: ["a", "c"] });
});

test("where it can't be asked or is refused, that is said: nothing may go then", async () => {
  expect(await keepData(cluster({ "get persistentvolumes": failed("Unauthorized") }).live)).toEqual({
    why: "Unauthorized",
  });
  expect(await keepData(cluster({ "patch persistentvolumes": failed("(Forbidden): no") }).live)).toEqual({
    why: "(Forbidden): no",
  });
  const gone = failed('Error from server (NotFound): persistentvolumes "a" not found');
  expect(await keepData(cluster({ "patch persistentvolumes": gone }).live)).toHaveProperty("kept");
});
