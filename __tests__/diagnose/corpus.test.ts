import { readCorpus } from "../../tools/diagnose/corpus";

const corpus = readCorpus();
const causes = [...new Set(corpus.flatMap(({ first }) => first ?? []))];

test("the corpus has three cases or more for each cause, mixed ones, and some without one", () => {
  const few = causes.filter((cause) => corpus.filter(({ folder }) => folder === cause).length < 3);
  expect(few).toEqual([]);
  expect(corpus.filter(({ folder }) => folder === "mixed").length).toBeGreaterThan(5);
  expect(corpus.filter(({ folder }) => folder === "none").length).toBeGreaterThan(5);
});

test("each case names a public thread, and some output", () => {
  const without = corpus.filter(
    ({ source, files }) =>
      !/^https:\/\/(?:github\.com\/[\w.-]+\/[\w.-]+\/(?:issues|pull)\/\d+|[\w.-]+\/[\w./-]+)$/.test(source) ||
      files.every(({ text }) => !text.includes("$ ")),
  );
  expect(without.map(({ folder, name }) => `${folder}/${name}`)).toEqual([]);
});

test("a third of the cases is kept back", () => {
  const kept = corpus.filter(({ group }) => group === "kept back").length;
  const seen = corpus.filter(({ group }) => group === "seen").length;
  expect(kept / (kept + seen)).toBeGreaterThan(0.28);
  expect(kept / (kept + seen)).toBeLessThan(0.36);
});
