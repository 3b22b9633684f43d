import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { isForbidden, kubectl, whyNot } from "../../src/live/question";
import { limited, tools } from "../../src/live/tools";

let folder: string;
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), "tools-"))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** A kubectl of ours, first in the PATH. */
const withKubectl = (script: string) => {
  fs.writeFileSync(path.join(folder, "kubectl"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return { PATH: `${folder}:${process.env.PATH ?? ""}` };
};

describe("kubectl and aws as the user has them", () => {
  test("are told which cluster is meant", async () => {
    const live = tools({ env: withKubectl('echo "$@"'), context: "prod", kubeconfig: "/a b" });

    expect(await live.ask(kubectl("get", "pods"))).toEqual({
      is: "said",
      text: "--kubeconfig /a b --context prod get pods\n",
    });
  });

  test("are given what belongs on their standard input", async () => {
    const live = tools({ env: withKubectl("cat") });

    expect(await live.ask({ ...kubectl("apply", "-f", "-"), input: "x" })).toEqual({ is: "said", text: "x" });
  });

  test("are not installed", async () => {
    expect(await tools({ env: { PATH: folder } }).ask(kubectl("get", "pods"))).toEqual({
      is: "missing",
      why: "kubectl is not installed",
    });
  });

  test("fail with what they say", async () => {
    const script =
      'echo "E1129 05:36:02.000000 12 memcache.go:265] x" >&2; echo "Error from server (Forbidden): no" >&2; exit 3';
    const answer = await tools({ env: withKubectl(script) }).ask(kubectl("get", "pods"));

    expect(answer).toMatchObject({ is: "failed", code: 3 });
    expect(isForbidden(answer)).toBe(true);
    expect(answer.is === "failed" && whyNot(answer)).toBe("Error from server (Forbidden): no");
  });

  test("are ended where they don't answer", async () => {
    const answer = await tools({ env: withKubectl("exec sleep 60"), seconds: 0.2 }).ask(
      kubectl("get", "pods"),
    );

    expect(answer).toMatchObject({ is: "failed", code: 124, stderr: "kubectl did not answer in 0.2 s" });
  });

  test("are asked the same question once, unless it changes something", async () => {
    const live = tools({ env: withKubectl(`echo x >> ${folder}/asked`) });
    const get = kubectl("get", "pods");
    const run = kubectl("delete", "pod", "a");

    await Promise.all([live.ask(get), live.ask(get), live.ask(run), live.ask(run)]);

    expect(fs.readFileSync(path.join(folder, "asked"), "utf8")).toBe("x\nx\nx\n");
  });
});

test("no more runs at once than is allowed", async () => {
  const inTurn = limited(2);
  let running = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++running);
    await new Promise(setImmediate);
    running--;
  };

  await Promise.all(Array.from({ length: 9 }, () => inTurn(work)));

  expect([most, running]).toEqual([2, 0]);
});
