import { type Answer, type Live, typed } from "../../src/live/question";
import { present } from "../../src/text/errors";
import { restoreQuestion, withRestores } from "../../src/verify/restore";
import { withProbes } from "../../src/verify/traffic/with-probes";
import { probeQuestion } from "../../src/verify/traffic/probe-pod";

const question = restoreQuestion("all-2", "payments");

function remembering(answers: (command: string) => Answer): Live & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    ask: (each) => {
      asked.push(typed(each));
      return Promise.resolve(answers(typed(each)));
    },
  };
}

interface Restore {
  readonly items: readonly { readonly kind: string; readonly spec?: Readonly<Record<string, unknown>> }[];
}

test("a restore runs nothing: no pod, claim or load balancer may be made where it goes, and no volume is restored", () => {
  const { items } = JSON.parse(present(question.input, "a manifest")) as Restore;
  const of = (kind: string) => items.find((each) => each.kind === kind)?.spec;

  expect(of("ResourceQuota")).toEqual({
    hard: { pods: "0", persistentvolumeclaims: "0", "services.loadbalancers": "0" },
  });
  expect(of("Restore")).toMatchObject({
    restorePVs: false,
    includeClusterResources: false,
    namespaceMapping: { payments: "octarine-verify-payments" },
    includedResources: expect.not.arrayContaining([
      "pods",
      "services",
      "ingresses",
      "jobs.batch",
    ]) as string[],
  });
});

test.each(["nothing", "create", "wait", "get"])(
  "it is taken away with its namespace where %s fails",
  async (verb) => {
    const live = remembering((command) =>
      command.includes(` ${verb} `)
        ? { is: "failed", code: 1, text: "", stderr: "no" }
        : { is: "said", text: "{}" },
    );
    await withRestores(live).ask(question);

    expect(live.asked.slice(-2)).toEqual([
      "kubectl delete restores.velero.io octarine-verify-payments -n velero --ignore-not-found",
      "kubectl delete namespace octarine-verify-payments --ignore-not-found --wait=true --timeout=120s",
    ]);
  },
);

test("a probe that serves is waited for until it is ready, and stays", async () => {
  const live = remembering(() => ({ is: "said", text: "10.0.1.9" }));
  const answer = await withProbes(live).ask(
    probeQuestion({ namespace: "a", purpose: "receives", script: "", serves: true }),
  );

  expect([answer, live.asked.map((each) => each.split(" ")[1]), live.asked[2]]).toEqual([
    { is: "said", text: "10.0.1.9" },
    ["delete", "create", "wait", "get"],
    expect.stringContaining("--for=condition=Ready"),
  ]);
});
