import type { Command } from "commander";
import fs from "node:fs";
import path from "node:path";
import type { UpgradeRunOptions } from "../../../src/cli/upgrade/upgrade-run";
import { type Answer, type Live, type Question, typed } from "../../../src/live/question";
import type { ReleaseName } from "../../../src/releases/names";
import { targetFiles } from "../../support/deploy-project";
import { inProjectWithFakeTerraform } from "../../support/fake-terraform";
import { list } from "../../support/live-answers";

const terraform = inProjectWithFakeTerraform();

const ENVIRONMENT = "envs/test/environment.yaml";
const FILE = "envs/test/us-east-1.yaml";
const JOURNAL = "test-us-east-1.upgrade.json";
const command = { optsWithGlobals: () => ({ envs: "envs" }) } as unknown as Command;

/** A cluster that says which minor its control plane has, and as good as nothing else. */
class Cluster implements Live {
  minor = "1.33";
  readonly asked: string[] = [];

  ask(question: Question): Promise<Answer> {
    const line = typed(question);
    this.asked.push(line);
    return Promise.resolve(this.answer(line));
  }

  private answer(line: string): Answer {
    if (line.startsWith("aws eks describe-cluster"))
      return said({ cluster: { status: "ACTIVE", version: this.minor, resourcesVpcConfig: {} } });
    if (line.startsWith("aws eks list-insights")) return said({ insights: [] });
    if (line === "kubectl get --raw /metrics") return { is: "said", text: "" };
    const isOfTeams = /budgets|policies|policybindings|volumeattributesclasses|get pods -A/.test(line);
    if (line.startsWith("kubectl get") && isOfTeams) return said(list());
    return { is: "failed", code: 1, text: "", stderr: "Error from server (Forbidden): no" };
  }
}

const said = (value: object): Answer => ({ is: "said", text: JSON.stringify(value) });

async function upgraded(
  cluster: Cluster,
  options: Partial<UpgradeRunOptions> = {},
  to: ReleaseName = "2026.11",
) {
  const { UpgradeRun } = await import("../../../src/cli/upgrade/upgrade-run");
  const ask = () => Promise.resolve({ live: cluster, close: () => undefined });
  const run = new UpgradeRun(command, "test/us-east-1", to, {
    yes: true,
    skipReachCheck: true,
    giveUpWayBack: false,
    canary: undefined,
    waitMinutes: 0,
    accepted: new Map(),
    asks: { target: ask, canary: ask },
    ...options,
  });
  return await run.run().then(
    (hops) => ({ hops, message: "", exitCode: 0 }),
    (error: unknown) => error as { message: string; exitCode: number },
  );
}

const written = () => fs.readFileSync(FILE, "utf8");
const write = (file: string, text: string) => {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
};

beforeEach(() => {
  fs.rmSync(JOURNAL, { force: true });
  for (const [file, text] of Object.entries(targetFiles()))
    write(
      file,
      file === ENVIRONMENT
        ? `${text.replace("2026.11", "2025.09")}cluster: { supportPolicy: extended }\n`
        : text,
    );
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
  jest.spyOn(process.stdout, "write").mockReturnValue(true);
});
afterEach(() => {
  terraform.plansChanges(false);
  jest.restoreAllMocks();
});

test("a check that is not met after the control plane's hop stops it there; the next run asks that first, and stops before nodes follow", async () => {
  const cluster = new Cluster();

  const stopped = await upgraded(cluster);
  expect(stopped.exitCode).toBe(1);
  expect(stopped.message).toContain("it runs Kubernetes 1.33, the configuration says 1.34");
  expect(stopped.message).toContain(
    "verify test/us-east-1; nothing comes after it. The same command goes on there",
  );
  expect(JSON.parse(fs.readFileSync(JOURNAL, "utf8"))).toMatchObject({
    from: { release: "2026.11", kubernetes: "1.33", nodes: "1.33" },
    hop: { release: "2026.11", kubernetes: "1.34", nodes: "1.33" },
    at: "verify test/us-east-1",
  });

  cluster.minor = "1.34";
  const paused = await upgraded(cluster);
  expect(paused.exitCode).toBe(3);
  expect(paused.message).toContain("whether EKS still takes test-us-east-1 back to 1.33 is not known");
  expect(fs.existsSync(JOURNAL)).toBe(false);
});

test("a cluster that is not as its config says is not upgraded", async () => {
  const cluster = new Cluster();
  cluster.minor = "1.32";
  const before = written();

  const refused = await upgraded(cluster);

  expect(refused.message).toContain("not met before the upgrade");
  expect(written()).toBe(before);
});

test("where nobody is asked and the way back is given up, one run goes all the way, and the layers below are overruled", async () => {
  fs.appendFileSync(
    ENVIRONMENT,
    'versions:\n  kubernetes: { version: "1.34", reason: "the whole environment" }\n  nodes: { version: "1.33", reason: "the whole environment" }\n',
  );
  write(FILE, `${written()}release: "2026.11"\n`);
  fs.writeFileSync(ENVIRONMENT, fs.readFileSync(ENVIRONMENT, "utf8").replace("2025.09", "2026.11"));
  write("envs/test/eu-west-1.yaml", targetFiles()["envs/test/eu-west-1.yaml"] ?? "");

  const all = await upgraded(new Cluster(), { asks: undefined, giveUpWayBack: true });

  expect(all).toMatchObject({ hops: 3 });
  expect(written()).toMatch(/versions:\n {2}kubernetes: null\n {2}nodes: null\n$/);
  expect(await upgraded(new Cluster(), { asks: undefined })).toMatchObject({ hops: 0 });
});

test("stacks whose plans are not empty stop it before anything is written, unless that is accepted by their ids", async () => {
  terraform.plansChanges(true);
  const before = written();

  expect((await upgraded(new Cluster())).message).toContain(
    "an upgrade begins where it is: the plan of test-us-east-1-network changes something",
  );
  expect(written()).toBe(before);

  const ids = ["network", "cluster", "cni", "nodes"].map((stack) => `test-us-east-1-${stack}`);
  const accepted = new Map(ids.map((id) => [id, "never empty"] as const));
  const { message } = await upgraded(new Cluster(), { accepted });
  // What was changed is asked about at once: the control plane answers, and of the CNI nobody says anything.
  expect(message).toContain("test/us-east-1 could not be asked after test-us-east-1-cni");
  expect(message).toContain("verify test-us-east-1-cni; not begun: deploy test-us-east-1-nodes");
});

test("a journal of another way than the config's is set aside", async () => {
  const stand = { release: "2026.11", kubernetes: "1.35", nodes: "1.35" };
  write(JOURNAL, JSON.stringify({ format: 1, target: "test/us-east-1", from: stand, hop: stand, done: {} }));
  const cluster = new Cluster();
  cluster.minor = "1.32";

  expect((await upgraded(cluster)).message).toContain("not met before the upgrade");
  expect(fs.existsSync(JOURNAL)).toBe(false);
});

test("a journal that can't be read stops it, and says what to do", async () => {
  write(JOURNAL, "{");

  expect((await upgraded(new Cluster())).message).toBe(
    "test-us-east-1.upgrade.json is not the journal of an upgrade that this version reads; remove it to begin anew: all stacks are then looked at",
  );
});

describe("a journal of a run that stopped", () => {
  const from = { release: "2025.09", kubernetes: "1.33", nodes: "1.33" };
  const hop = { release: "2026.11", kubernetes: "1.33", nodes: "1.33" };
  const left = (done: object) =>
    write(JOURNAL, JSON.stringify({ format: 1, target: "test/us-east-1", from, hop, done }));

  test("before its first step does not stand for the gates, which may be of long ago", async () => {
    left({});
    const cluster = new Cluster();
    cluster.minor = "1.32";

    expect((await upgraded(cluster)).message).toContain("not met before the upgrade");
    expect(fs.existsSync(JOURNAL)).toBe(false);
  });

  test("is not gone on with where it leads beyond the release that is asked for", async () => {
    left({ "deploy test-us-east-1-network": "" });
    const before = written();

    expect((await upgraded(new Cluster(), {}, "2025.09")).message).toMatch(
      /^test\/us-east-1 is on the way to release 2026\.11, Kubernetes 1\.33 \(.*\), beyond release 2025\.09: .*Go on with --to 2026\.11$/,
    );
    expect(written()).toBe(before);
  });
});

test("an older release is not gone back to", async () => {
  write(
    FILE,
    `${written()}release: "2026.11"\nversions: { kubernetes: { version: "1.33", reason: "on the way" } }\n`,
  );
  const before = written();

  expect((await upgraded(new Cluster(), { asks: undefined }, "2025.09")).message).toMatch(
    /^release 2025\.09 is older than 2026\.11 of test\/us-east-1, and --apply only goes up/,
  );
  expect(written()).toBe(before);
});
