import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { aws, type Answer, kubectl, type Live, typed } from "../../src/live/question";
import { recorded } from "../../src/live/recorded";
import { recorder } from "../../src/live/recorder";

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "recorded-"))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

const write = (name: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
};

const PODS = {
  kind: "List",
  items: [
    { kind: "Pod", metadata: { namespace: "payments", name: "orders", labels: { app: "orders" } } },
    {
      kind: "Pod",
      metadata: { namespace: "kube-system", name: "coredns", labels: { "k8s-app": "kube-dns" } },
    },
  ],
};

const names = (answer: Answer): unknown[] =>
  answer.is !== "said"
    ? [answer.is]
    : (JSON.parse(answer.text) as typeof PODS).items.map(({ metadata }) => metadata.name);

const answering = (answer: Answer): Live => ({ ask: () => Promise.resolve(answer) });

describe("a recorded folder", () => {
  test.each<[string, Answer]>([
    ["said", { is: "said", text: "{}\n" }],
    ["failed", { is: "failed", code: 1, text: "", stderr: "Error from server (Forbidden): no" }],
    ["missing", { is: "missing", why: "kubectl is not installed" }],
  ])("gives back what was %s", async (_what, answer) => {
    const question = kubectl("get", "pods", "-A", "-o", "json");
    await recorder(answering(answer), folder).ask(question);

    expect(await recorded(folder).ask(question)).toEqual(answer);
  });

  test("holds no data of Secrets", async () => {
    const secret = { kind: "Secret", data: { password: "aHVudGVyMg==" } };
    await recorder(answering({ is: "said", text: JSON.stringify(secret) }), folder).ask(
      kubectl("get", "secret", "db", "-o", "json"),
    );

    const written = fs.readdirSync(folder).map((each) => fs.readFileSync(path.join(folder, each), "utf8"));
    expect(written.join("")).not.toContain("aHVudGVyMg==");
  });

  test("says which question it has no answer to", async () => {
    expect(await recorded(folder).ask(kubectl("get", "nodes", "-o", "json"))).toEqual({
      is: "missing",
      why: `${folder} has no answer to: kubectl get nodes -o json`,
    });
  });
});

describe("a folder that somebody collected", () => {
  const yaml =
    "apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  metadata: {namespace: payments, name: orders}\n";

  test.each([
    ["begins with the command line", "a.txt", `$ kubectl get pods -A -o yaml\n${yaml}`],
    ["begins with a prompt of somebody", "a.txt", `root@box:~# kubectl get po -A -oyaml\n${yaml}`],
    ["is named after it", "kubectl get pods -A -o yaml.txt", yaml],
    ["is named after it with dashes", "kubectl-get-pods-A-o-yaml.txt", yaml],
    ["is named after it and its ending says the format", "kubectl-get-pods-A.yaml", yaml],
    [
      "names cluster and context",
      "a.txt",
      `$ kubectl --context prod get pods --all-namespaces -o yaml\n${yaml}`,
    ],
    [
      "has lines that end as Windows has it",
      "a.txt",
      `$ kubectl get pods -A -o yaml\r\n${yaml.replaceAll("\n", "\r\n")}`,
    ],
  ])("is read where a file %s", async (_how, name, text) => {
    write(name, text);

    expect(names(await recorded(folder).ask(kubectl("get", "pods", "-A", "-o", "json")))).toEqual(["orders"]);
  });

  test("holds several commands in one file", async () => {
    write(
      "session.log",
      `$ kubectl get pods -A -o json\n${JSON.stringify(PODS)}\n$ aws ec2 describe-subnets\n{"Subnets":[]}\n`,
    );

    const live = recorded(folder);

    expect(names(await live.ask(kubectl("get", "pods", "-A", "-o", "json")))).toEqual(["orders", "coredns"]);
    expect(await live.ask(aws("ec2", "describe-subnets"))).toEqual({ is: "said", text: '{"Subnets":[]}\n' });
  });

  test.each([
    ["one namespace", ["get", "pods", "-n", "payments", "-o", "json"], ["orders"]],
    ["a selector", ["get", "pods", "-A", "-l", "k8s-app=kube-dns", "-o", "json"], ["coredns"]],
  ])("answers a question about %s with what it has of all", async (_what, args, expected) => {
    write("pods.txt", `$ kubectl get pods -A -o json\n${JSON.stringify(PODS)}`);

    expect(names(await recorded(folder).ask(kubectl(...args)))).toEqual(expected);
  });

  test("answers no question about all namespaces with what it has of one", async () => {
    write("pods.txt", `$ kubectl get pods -n payments -o json\n${JSON.stringify(PODS)}`);

    expect((await recorded(folder).ask(kubectl("get", "pods", "-A", "-o", "json"))).is).toBe("missing");
  });

  test("tells a refusal from an answer", async () => {
    write("nodes.txt", "$ kubectl get nodes -o json\nError from server (Forbidden): nodes is forbidden\n");

    expect(await recorded(folder).ask(kubectl("get", "nodes", "-o", "json"))).toMatchObject({ is: "failed" });
  });

  test("keeps what a table says as a text", () => {
    write("nodes.txt", "$ kubectl get nodes -o wide\nNAME STATUS\nip-10-0-0-1 Ready\n");

    const [entry] = recorded(folder).entries;

    expect(entry).toMatchObject({ command: "kubectl get nodes -o wide", asked: { format: "wide" } });
    expect(entry?.answer).toEqual({ is: "said", text: "NAME STATUS\nip-10-0-0-1 Ready\n" });
  });
});

test("a question is shown so that a shell takes it", () => {
  expect(typed(kubectl("exec", "a", "--", "sh", "-c", "echo 'x' y"))).toBe(
    `kubectl exec a -- sh -c 'echo '\\''x'\\'' y'`,
  );
});
