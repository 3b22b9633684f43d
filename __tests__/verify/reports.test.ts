import fs from "node:fs";
import path from "node:path";
import { liveChecks } from "../../src/verify/live-checks";
import { type Checked, type Outcome, runbookOf } from "../../src/verify/live-check";
import {
  verifyExitCode,
  verifyJunit,
  verifyMarkdown,
  verifyReport,
  verifyText,
} from "../../src/verify/reports";
import { runChecks } from "../../src/verify/run-checks";
import { reachOfTarget } from "../../src/synth/guard-targets";
import { kubectl } from "../../src/live/question";
import { aFolder, aTarget, BASE_YAML } from "../support/fixtures";
import { list, object } from "../support/live-answers";
import { runCommand } from "../support/run-command";
import { NOW } from "./cases/objects";

const [first, second, third] = liveChecks;
const outcomes = (...states: readonly Outcome["is"][]): Checked[] =>
  states.flatMap((is, index) => {
    const check = [first, second, third][index];
    return check === undefined ? [] : [{ check, outcome: { is, says: [`line of <${is}>`] } }];
  });
const reportOf = (...states: readonly Outcome["is"][]) =>
  verifyReport("dev/us-east-1", NOW, outcomes(...states));

describe("the result of verify", () => {
  test.each<[Outcome["is"][], number]>([
    [["met", "met"], 0],
    [["met", "not known"], 3],
    [["not met", "not known", "met"], 1],
  ])("%p ends with %i", (states, code) => {
    expect(verifyExitCode(reportOf(...states))).toBe(code);
  });

  test("says in a text what is wrong, where the runbook is, and the verdict last", () => {
    const text = verifyText(reportOf("met", "not met", "not known"));

    expect(text).toContain("line of <not met>");
    expect(text).toContain(`see ${runbookOf(second!)}`);
    expect(text).not.toContain("line of <met>");
    expect(text.split("\n").at(-1)).toBe("dev/us-east-1: 3 checks: 1 met, 1 not met, 1 not known");
  });

  test("is JUnit in which what is not known is skipped", () => {
    const junit = verifyJunit(reportOf("met", "not met", "not known"));

    expect(junit).toMatch(/tests="3" failures="1" skipped="1"/);
    expect(junit).toMatch(/<failure [^>]*>line of &lt;not met&gt;<\/failure>/);
    expect(junit).toMatch(/<skipped message="line of &lt;not known&gt;"\/>/);
  });

  test("is Markdown that holds no markup of the cluster's", () => {
    expect(verifyMarkdown(reportOf("not met"))).toContain("line of &lt;not met&gt;");
  });

  test("holds no secret that a message quotes", () => {
    const leaking: Checked[] = outcomes("not met").map(({ check }) => ({
      check,
      outcome: { is: "not met", says: ["dial postgres://app:hunter2@db: no"] },
    }));

    expect(JSON.stringify(verifyReport("dev/us-east-1", NOW, leaking))).not.toContain("hunter2");
  });
});

test("a check that is led from answer to answer ends", async () => {
  let round = 0;
  const check = {
    id: "A-B",
    group: "nodes" as const,
    proves: "",
    asks: [],
    offline: "",
    applies: () => true,
    judge: (_: unknown, told: (question: ReturnType<typeof kubectl>) => unknown): Outcome => {
      told(kubectl("get", `${round++}`));
      return { is: "met", says: [] };
    },
  };
  const subject = { target: aTarget(), now: NOW, proofs: () => [], reach: () => reachOfTarget(aTarget()) };
  const live = { ask: () => Promise.resolve({ is: "said" as const, text: "" }) };

  const [checked] = await runChecks([check], subject, live);

  expect(checked?.outcome.is).toBe("not known");
});

describe("octarine verify", () => {
  const project = aFolder({
    "envs/platform.yaml": 'tags: { owner: platform }\nrelease: "2026.11"\n',
    "envs/dev/us-east-1.yaml": BASE_YAML,
    "seen/nodes.txt": `$ kubectl get nodes -o yaml\n${JSON.stringify(list(object("a", {}, undefined, "Node")))}\n`,
  });
  afterAll(() => fs.rmSync(project, { recursive: true }));
  const verify = (...args: string[]) =>
    runCommand("verify", "dev/us-east-1", "--envs", path.join(project, "envs"), ...args);

  test("judges a folder that somebody collected", async () => {
    const from = ["--from", path.join(project, "seen")];
    const junit = path.join(project, "verify.xml");
    const { output, exitCode } = await verify(
      ...from,
      "--only",
      "NODES-READY",
      "NODES-PRIVATE",
      "--junit",
      junit,
    );

    expect(output).toMatch(/FAIL {2}NODES-READY/);
    expect(output).toMatch(/ok {4}NODES-PRIVATE/);
    expect(exitCode).toBe(1);
    expect(fs.readFileSync(junit, "utf8")).toContain('failures="1"');
  });

  test("says what it could not ask, and ends with 3", async () => {
    const { output, exitCode } = await verify(
      "--from",
      path.join(project, "seen"),
      "--only",
      "DNS-RUNNING",
      "--json",
    );

    expect(JSON.parse(output)).toMatchObject({
      format: 1,
      counts: { "not known": 1 },
      checks: [{ id: "DNS-RUNNING" }],
    });
    expect(exitCode).toBe(3);
  });

  test("lists what applies, and asks nobody", async () => {
    const { output } = await verify("--list");

    expect(output).toMatch(/^NODES-READY/m);
    expect(output).not.toMatch(/^MESH-/m);
  });

  test("refuses a check that it does not know, and one that does not apply", async () => {
    await expect(verify("--only", "NODE-READY")).rejects.toThrow(/NODES-READY/);
    await expect(verify("--only", "MESH-MTLS")).rejects.toThrow(/does not apply to dev\/us-east-1/);
  });
});
