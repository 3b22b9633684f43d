import { defineProject } from "octarine";
import { elementAt } from "octarine/stacks";
import { queueEncrypted } from "./rules/queue-encrypted.ts";
import { noticesContract, NoticesStack } from "./stacks/notices-stack.ts";

export default defineProject({
  stacks: [
    {
      name: "notices",
      holds: "queue for what pods have to tell",
      after: ["nodes"],
      stack: NoticesStack,
      publishes: noticesContract,
    },
  ],
  rules: [queueEncrypted],
  override: (stack) => {
    // The account's quota of control planes is small: creation may wait in a queue.
    if (stack.stackName === "cluster")
      elementAt(stack, "module.cluster_eks").addOverride("timeouts", { create: "60m" });
  },
});
