import { expectThat, isTrue, rule } from "octarine/rules";

export const queueEncrypted = rule({
  id: "OWN-QUEUE-ENCRYPTED",
  area: "encryption",
  severity: "error",
  what: "Queues say that they are encrypted.",
  why: "What the plan does not say, a console can switch off, and nobody sees the difference.",
  remedy: "Set sqs_managed_sse_enabled.",
  reference:
    "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
  types: ["aws_sqs_queue"],
  check: (queue) =>
    expectThat(queue, ["sqs_managed_sse_enabled"], isTrue, () => "sqs_managed_sse_enabled is not set"),
});
