import fs from "node:fs";
import path from "node:path";
import { readBytes, Reads, recordReads } from "../../../src/reads/reads";
import { changeOf } from "../../../src/cli/watch/notices";
import { aFolder } from "../../support/fixtures";

const never = new AbortController().signal;

function aRead() {
  const file = path.join(aFolder({ "a.yaml": "a" }), "a.yaml");
  const reads = new Reads();
  recordReads(reads, () => readBytes(file));
  return { file, reads: reads.all };
}

test("what changed before anybody looked is found at once", async () => {
  const { file, reads } = aRead();
  fs.writeFileSync(file, "b");

  await changeOf(reads, never);
});

test("a change is found where the system tells of none: a share of a network, Windows' folders in WSL", async () => {
  const { file, reads } = aRead();
  const found = changeOf(reads, never, () => {
    throw new Error("no more watches");
  });
  fs.writeFileSync(file, "b");

  await found;
});

test("a file that is written as it was, and others beside it, are no change", async () => {
  const { file, reads } = aRead();
  const tell: (() => void)[] = [];
  let found = false;
  const stop = new AbortController();
  const waiting = changeOf(reads, stop.signal, (_folder, heard) => {
    tell.push(heard);
    return { close: () => undefined };
  }).then(() => (found = true));
  fs.writeFileSync(file, "a");
  fs.writeFileSync(path.join(path.dirname(file), "b.yaml"), "b");
  tell.forEach((heard) => heard());
  await new Promise(setImmediate);
  expect(found).toBe(false);

  fs.writeFileSync(file, "b");
  tell.forEach((heard) => heard());
  await waiting;
});

test("ends when it is told to, with nothing changed", async () => {
  const stop = new AbortController();
  const ended = changeOf(aRead().reads, stop.signal);
  stop.abort();

  await ended;
});
