import { type Answer, kubectl, type Live, type Question, typed } from "../../src/live/question";
import { reachOfTarget } from "../../src/synth/guard-targets";
import { present } from "../../src/text/errors";
import { trafficChecks } from "../../src/verify/checks/traffic-checks";
import { runChecks } from "../../src/verify/run-checks";
import { attemptsFrom } from "../../src/verify/traffic/attempts";
import { probeImage, probeQuestion } from "../../src/verify/traffic/probe-pod";
import { attemptName, resultsOf } from "../../src/verify/traffic/probe-script";
import { withProbes } from "../../src/verify/traffic/with-probes";
import { aTarget } from "../support/fixtures";
import { list, live, object } from "../support/live-answers";
import { NOW } from "./cases/objects";

const target = aTarget(`
policies: {}
namespaces: { payments: {}, shop: {} }
workloads:
  ledger:
    namespace: payments
    image: x.example/ledger:1
    ports: { http: { port: 80, targetPort: 8080, protocol: http } }
    resources: { cpus: 0.1, memoryMiB: 128 }
`);
const reach = reachOfTarget(target);
const probe = probeQuestion({ namespace: "payments", purpose: "payments", script: "exit 0" });
const POD = "octarine-verify-payments";

/** A cluster that answers what it is told, and remembers what it was asked. */
function remembering(answers: (command: string) => Answer): Live & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    ask: (question: Question) => {
      const command = typed(question);
      asked.push(command);
      return Promise.resolve(answers(command));
    },
  };
}

describe("a probe", () => {
  test("is made, waited for, read and taken away; one that was left before it goes first", async () => {
    const cluster = remembering((command) => ({
      is: "said",
      text: command.includes(" logs ") ? "ok a" : "",
    }));

    expect(await withProbes(cluster).ask(probe)).toEqual({ is: "said", text: "ok a" });
    expect(cluster.asked.map((each) => each.split(" ")[1])).toEqual([
      "delete",
      "create",
      "wait",
      "logs",
      "delete",
    ]);
  });

  test.each(["create", "wait", "logs"])("is taken away where %s fails", async (verb) => {
    const failed: Answer = { is: "failed", code: 1, text: "", stderr: "no" };
    const cluster = remembering((command) =>
      command.includes(` ${verb} `) ? failed : { is: "said", text: "" },
    );

    expect((await withProbes(cluster).ask(probe)).is).toBe("failed");
    expect(cluster.asked.at(-1)).toContain(`delete pod ${POD} -n payments`);
  });

  test("that nobody starts says why", async () => {
    const cluster = remembering((command) =>
      command.includes(" wait ")
        ? { is: "failed", code: 1, text: "", stderr: "timed out" }
        : { is: "said", text: command.includes(" get pod ") ? "Pending ImagePullBackOff" : "" },
    );

    expect(await withProbes(cluster).ask(probe)).toMatchObject({
      stderr: expect.stringContaining("ImagePullBackOff") as string,
    });
  });

  test("leaves other questions alone", async () => {
    const cluster = remembering(() => ({ is: "said", text: "" }));
    await withProbes(cluster).ask(kubectl("logs", "a"));

    expect(cluster.asked).toEqual(["kubectl logs a"]);
  });

  test("has an image of the config's mirror", () => {
    expect(
      probeImage(aTarget("images: { mirror: 111122223333.dkr.ecr.us-east-1.amazonaws.com/mirror }")),
    ).toMatch(/^111122223333\.dkr\.ecr\.us-east-1\.amazonaws\.com\/mirror\/public\.ecr\.aws\//);
  });

  test("has a name that Kubernetes takes, however long what it is for", () => {
    const [, name = ""] = probeQuestion({
      namespace: "a",
      purpose: `dns-${"ip-10.0.1.2-".repeat(9)}`,
      script: "",
    }).args;

    expect(name).toMatch(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
  });

  test("is carried by no label of a service or a policy", () => {
    const { labels } = (JSON.parse(present(probe.input, "a manifest")) as { metadata: { labels: object } })
      .metadata;

    expect(Object.keys(labels).sort()).toEqual([
      "app.kubernetes.io/managed-by",
      "app.kubernetes.io/name",
      "octarine/verify",
    ]);
  });

  test("says of each attempt whether it came through", () => {
    expect([...resultsOf("noise\nok a:443\nunresolved b\nsome words\n")]).toEqual([
      ["a:443", "ok"],
      ["b", "unresolved"],
    ]);
  });
});

describe("what a pod of a namespace tries", () => {
  const tried = attemptsFrom("shop", ["payments", "shop"], reach.world, reach.judged);
  const verdictOf = (name: string) => tried.find(({ attempt }) => attemptName(attempt) === name)?.verdict;

  test("are Services of every namespace, the API server and the internet, with what the proof says", () => {
    expect(verdictOf("ledger.payments.svc.cluster.local:80")).toBe("denied");
    expect(verdictOf("example.com:443")).toBe("denied");
    expect(verdictOf("kubernetes.default.svc.cluster.local:443")).toBe("denied");
  });

  test.each([
    ["met", (verdict: string) => verdict === "allowed"],
    ["not met", (verdict: string) => verdict !== "allowed"],
    ["not known", () => undefined],
  ] as const)("is %s by what came through", async (is, came) => {
    const check = present(
      trafficChecks.find(({ id }) => id === "TRAFFIC-AS-PROVED"),
      "the check",
    );
    const answers = Object.fromEntries(
      ["payments", "shop"].map((namespace) => {
        const lines = attemptsFrom(namespace, ["payments", "shop"], reach.world, reach.judged).flatMap(
          ({ attempt, verdict }) => {
            const isThrough = came(verdict);
            return isThrough === undefined ? [] : [`${isThrough ? "ok" : "timeout"} ${attemptName(attempt)}`];
          },
        );
        return [
          `kubectl logs octarine-verify-${namespace} -n ${namespace} -c probe`,
          `${lines.join("\n")}\n`,
        ];
      }),
    );

    const [checked] = await runChecks(
      [check],
      { target, now: NOW, proofs: () => [], reach: () => reach },
      live(answers),
    );

    expect([checked?.outcome.is, checked?.outcome.says.length]).toEqual([is, expect.any(Number)]);
  });
});

test("a refusal is told from what nobody answers, and an image without nc from both", async () => {
  const check = present(
    trafficChecks.find(({ id }) => id === "TRAFFIC-AS-PROVED"),
    "the check",
  );
  const judge = async (output: string) => {
    const answers = Object.fromEntries(
      ["payments", "shop"].map((each) => [
        `kubectl logs octarine-verify-${each} -n ${each} -c probe`,
        output,
      ]),
    );
    const subject = { target, now: NOW, proofs: () => [], reach: () => reach };
    const [checked] = await runChecks([check], subject, live(answers));
    return present(checked, "an outcome").outcome;
  };

  expect(await judge("refused example.com:443\n")).toMatchObject({
    is: "not known",
    says: expect.arrayContaining([
      "shop: example.com:443 refuses, and nothing drops it: nobody listens there now, so that a denial is not seen",
    ]) as string[],
  });
  expect((await judge("unfit the image has no nc\n")).says).toEqual([
    "payments: the image has no nc; choose another by --image",
    "shop: the image has no nc; choose another by --image",
  ]);
});

test.each([
  ["met", "ok kubernetes.default.svc.cluster.local\nok eks.us-east-1.amazonaws.com\n"],
  ["not met", "ok kubernetes.default.svc.cluster.local\nunresolved eks.us-east-1.amazonaws.com\n"],
  ["not known", "ok kubernetes.default.svc.cluster.local\n"],
] as const)("DNS-EVERY-NODE is %s by what pods resolve", async (is, output) => {
  const check = present(
    trafficChecks.find(({ id }) => id === "DNS-EVERY-NODE"),
    "the check",
  );
  const answers = {
    "kubectl get nodes": list(object("a", {}, undefined, "Node")),
    "kubectl logs octarine-verify-dns-a -n kube-system -c probe": output,
  };

  const [checked] = await runChecks(
    [check],
    { target, now: NOW, proofs: () => [], reach: () => reach },
    live(answers),
  );

  expect(checked?.outcome.is).toBe(is);
});
