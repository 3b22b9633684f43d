import assert from "node:assert/strict";
import { test } from "node:test";
import { exampleTarget, judgeTarget, synthesizeTarget } from "octarine/testing";
import project from "../octarine.config.ts";

test("the queue is encrypted, and pods find its ARN", () => {
  const { names, stack } = synthesizeTarget(exampleTarget(), project);

  assert.deepEqual(names, ["network", "cluster", "cni", "nodes", "notices"]);
  stack("notices").mustHave("aws_sqs_queue", {
    name: "dev-us-east-1-notices",
    sqs_managed_sse_enabled: true,
  });
  assert.deepEqual(stack("notices").outputs, { queue_arn: "${aws_sqs_queue.queue.arn}" });
});

test("no guardrail finds anything in it", () => {
  const findings = judgeTarget(exampleTarget(), project);

  assert.deepEqual(
    findings.filter(({ stack, outcome }) => stack.endsWith("-notices") && outcome !== "unknown"),
    [],
  );
});
