import { passText } from "../../../src/cli/watch/pass-text";
import type { Pass } from "../../../src/cli/watch/pass";

const pass = (more: Partial<Pass> = {}): Pass => ({
  reads: [],
  problems: [],
  warnings: [],
  summary: "2 targets, no problem",
  exitCode: 0,
  ...more,
});
const changed = [{ file: "envs/dev/us-east-1.yaml", is: "changed" }] as const;

test("the first pass says all that there is", () => {
  const text = passText(pass({ problems: ["a:1:1  b  is wrong"], warnings: ["c"] }), undefined, []);

  expect(text).toBe("problem  a:1:1  b  is wrong\nwarning  c\n1 problem");
});

test("a pass that found nothing else says nothing", () => {
  expect(passText(pass({ warnings: ["c"] }), pass({ warnings: ["c"] }), [])).toBe("");
});

test("a problem that is out of sight behind another one is not called mended", () => {
  const before = pass({ problems: ["a:9:1  b  is wrong"] });

  expect(passText(pass({ problems: ["a:1:1  can't be read"] }), before, changed)).toBe(
    "changed   envs/dev/us-east-1.yaml\nnot seen  a:9:1  b  is wrong\nproblem   a:1:1  can't be read\n1 problem",
  );
});

test("a warning about one more target is the same warning", () => {
  const about = (targets: string) => pass({ warnings: [`old AMI (${targets}; waiver: AMI at nodes)`] });

  expect(passText(about("dev/a, dev/b"), about("dev/a"), changed)).toBe(
    "changed  envs/dev/us-east-1.yaml\n2 targets, no problem",
  );
});

test("of many files that were written the first are named, and the others counted", () => {
  const outputs = (hash: string) =>
    Object.fromEntries([...Array(30).keys()].map((each) => [`f${each}`, hash]));
  const text = passText(pass({ outputs: outputs("2") }), pass({ outputs: outputs("1") }), changed);

  expect(text.match(/^written/gm)).toHaveLength(20);
  expect(text).toContain("and 10 files more");
});

test("a file that no stack has any more is removed, and a pass that failed removed nothing", () => {
  const before = pass({ outputs: { "cdktf.out/stacks/a/cdk.tf.json": "1" } });

  expect(passText(pass({ outputs: {} }), before, changed)).toContain(
    "removed  cdktf.out/stacks/a/cdk.tf.json",
  );
  expect(passText(pass({ problems: ["a:1:1  b"] }), before, changed)).not.toContain("removed");
});
