import { refuseRunning } from "../../../src/cli/deploy/sweep-run";
import type { Answer } from "../../../src/live/question";
import { aTarget } from "../../support/fixtures";

const target = aTarget("", { environment: "prod" });
const failed = (stderr: string): Answer => ({ is: "failed", code: 254, text: "", stderr });
const asked = (answer: Answer) => refuseRunning(target, { ask: () => Promise.resolve(answer) });

test("nothing is deleted of a cluster that runs: its nodes and load balancers are in use", async () => {
  await expect(asked({ is: "said", text: '{"cluster":{"status":"ACTIVE"}}' })).rejects.toThrow(
    /^the cluster prod-us-east-1 is there, .*; nothing was deleted\. .*npx octarine destroy prod\/us-east-1 --allow-prod$/,
  );
});

test("nor where nobody can say whether it runs", async () => {
  await expect(asked(failed("An error occurred (AccessDeniedException): no"))).rejects.toThrow(
    "whether the cluster prod-us-east-1 is gone can't be asked; nothing was deleted: An error occurred (AccessDeniedException)",
  );
});

test("of one that is gone it is", async () => {
  // AWS CLI 2, eks describe-cluster of a name that nobody has.
  const gone =
    "An error occurred (ResourceNotFoundException) when calling the DescribeCluster operation: No cluster found for name: x.";
  await expect(asked(failed(gone))).resolves.toBeUndefined();
});
