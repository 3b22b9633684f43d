import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { askCluster } from "../../src/cli/diagnose/ask-cluster";
import { questionsFor } from "../../src/diagnose/questions";
import type { TargetFacts } from "../../src/diagnose/world";
import { type Live, type Question, typed } from "../../src/live/question";
import { runCommand } from "../support/run-command";

const run = (...args: string[]) => runCommand("--envs", "envs", "diagnose", ...args);

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "diagnose-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);

const DENIED = `$ kubectl -n kube-system logs deploy/karpenter
{"error":"User: arn:aws:sts::111122223333:assumed-role/x/karpenter is not authorized to perform: ec2:CreateFleet, password=hunter2hunter2"}
`;

const target: TargetFacts = {
  name: "prod/us-east-1",
  clusterName: "prod-us-east-1",
  cni: "cilium-eni",
  cilium: true,
  identities: [],
};

test("a folder is read, the cause named with its evidence, its key's line, and a code of 1", async () => {
  put("events.txt", "$ kubectl get events -A\npod/a  Insufficient vpc.amazonaws.com/pod-eni\n");
  put("binary", "\0\0\0");
  const { output, exitCode } = await run("prod/us-east-1", "--from", folder);

  expect(exitCode).toBe(1);
  expect(output).toMatch(/^prod\/us-east-1: 1 cause found in 1 answer$/m);
  expect(output).toContain("[pod-eni-used-up]");
  expect(output).toMatch(/events\.txt:2 /);
  expect(output).toContain("runbook: docs/runbooks/pod-eni-used-up.md");
});

test("a refusal is named back to the identity and the proof, and no secret is printed", async () => {
  put("karpenter.log", DENIED);
  const { output } = await run("prod/us-east-1", "--from", folder);

  expect(output).toContain("karpenter calls ec2:CreateFleet; the proof allows it");
  expect(output).not.toContain("hunter2");
});

test("without anything wrong the code is 0", async () => {
  put("nodes.txt", "$ kubectl get nodes\nNAME STATUS\nip-10-0-0-1 Ready\n");
  const { output, exitCode } = await run("--from", folder);

  expect(exitCode).toBe(0);
  expect(output).toContain("0 causes found in 1 answer");
});

test("JSON holds findings and what to collect", async () => {
  put(
    "pods.txt",
    "$ kubectl get pods\nNAME READY STATUS RESTARTS AGE\na   0/1   ContainerCreating   0   9m\n",
  );
  const { output } = await run("prod/us-east-1", "--from", folder, "--json");

  expect(JSON.parse(output)).toMatchObject({
    target: "prod/us-east-1",
    answers: 1,
    findings: [],
    advice: [{ seen: "pods wait in ContainerCreating, and no event says for what" }],
  });
});

test("a target or a folder is needed, and the folder has to be one", async () => {
  await expect(run()).rejects.toThrow("a target or --from is required");
  await expect(run("--from", path.join(folder, "none"))).rejects.toThrow("is not a folder");
});

test("where to look has the target's own names", async () => {
  const { output } = await run("prod/us-east-1", "--where");

  expect(output).toContain("logs tail /aws/eks/prod-us-east-1/cluster");
  expect(output).toContain("/aws/vpc/prod-us-east-1/flow-logs");
  expect(output).toContain("hubble observe --verdict DROPPED");
});

test("only what reads is asked", () => {
  const all = (["cilium-eni", "cilium-overlay", "vpc-cni"] as const).flatMap((cni) =>
    questionsFor({ ...target, cni, cilium: cni !== "vpc-cni" }, "vpc-0a"),
  );
  const writing = all.map(typed).filter((command) => !isReading(command));
  expect(writing).toEqual([]);
});

function isReading(command: string): boolean {
  return (
    /^kubectl (-n \S+ )?(get|logs|top|describe) /.test(command) ||
    /^kubectl -n kube-system exec ds\/cilium -c cilium-agent -- (cilium-dbg status|cilium-health status|hubble observe)/.test(
      command,
    ) ||
    /^aws (ec2|eks|elbv2) (describe|list)-/.test(command)
  );
}

test("a cluster is asked, what it says is kept without secrets, and read again from there", async () => {
  const answers: Record<string, string> = {
    "aws eks describe-cluster --name prod-us-east-1": '{"cluster":{"resourcesVpcConfig":{"vpcId":"vpc-0a"}}}',
    "kubectl get targetgroupbindings -A -o json": '{"items":[{"spec":{"targetGroupARN":"arn:tg/1"}}]}',
    "aws elbv2 describe-target-health --target-group-arn arn:tg/1":
      '{"TargetHealthDescriptions":[{"Target":{"Id":"10.0.0.1"},"TargetHealth":{"State":"unhealthy","Reason":"Target.Timeout","Description":"Request timed out"}}]}',
    "kubectl -n kube-system logs deploy/karpenter --since=1h --tail=500": DENIED.split("\n")[1]!,
  };
  const live: Live = {
    ask: (question: Question) => {
      const text = answers[typed(question)];
      return Promise.resolve(
        text === undefined ? { is: "missing", why: "nobody is there" } : { is: "said", text },
      );
    },
  };
  const { collected, unanswered } = await askCluster(live, target, folder);

  expect(collected.map(({ command }) => command)).toContain(
    "aws elbv2 describe-target-health --target-group-arn arn:tg/1",
  );
  expect(collected.map(({ text }) => text).join()).not.toContain("hunter2");
  expect(unanswered[0]?.why).toBe("nobody is there");
  const { output } = await run("prod/us-east-1", "--from", folder, "--json");
  const { findings } = JSON.parse(output) as { findings: { cause: string; evidence: { file: string }[] }[] };
  expect(findings.map(({ cause }) => cause)).toEqual(["controller-denied", "targets-unhealthy"]);
  expect(fs.existsSync(path.join(folder, findings[1]!.evidence[0]!.file))).toBe(true);
});
