import { leftBehind, type StateReader } from "../../../../src/cli/deploy/states/left-behind";
import { leftBehindLines } from "../../../../src/cli/deploy/states/left-behind-text";
import type { Listing } from "../../../../src/cli/deploy/states/list-bucket";
import { CommandFailure } from "../../../../src/cli/report-error";
import { flat } from "../../../../src/plan-review/model/phrase";
import { stackNames } from "../../../../src/model/stacks/stack-names";
import { aTarget } from "../../../support/fixtures";
import { aState } from "../../../support/states";

const target = aTarget();
const other = aTarget("", { region: "eu-west-1" });
const fleet = { targets: [target, other] };
const inBucket = (...ids: string[]): Listing => ({
  states: ids.map((id) => {
    const [workspace = "", stack = ""] = id.split("/");
    return { workspace, stack };
  }),
});

/** States by `workspace/stack`, and how many resources each holds; whatever else is asked for holds nothing. */
function account(resources: Readonly<Record<string, number>>) {
  const asked: string[] = [];
  const read: StateReader = (_target, wanted) => {
    asked.push(...wanted.map(({ workspace, stack }) => `${workspace}/${stack}`));
    return Promise.resolve(
      wanted.flatMap((each) => {
        const count = resources[`${each.workspace}/${each.stack}`];
        const made = Array.from({ length: count ?? 0 }, () => ({ type: "aws_iam_role" }));
        const state = aState({ resources: [{ type: "terraform_data", name: "workspace" }, ...made] });
        return count === undefined ? [] : [{ ...each, state }];
      }),
    );
  };
  return { read, asked };
}

const told = async (listing: Listing, resources: Readonly<Record<string, number>>) =>
  leftBehindLines(
    target,
    await leftBehind(fleet, target, () => Promise.resolve(listing), account(resources).read),
    (name) => (name === "dev/us-west-2" ? "0123456789" : undefined),
  ).map(flat);

test("a layer that the config no longer has is told with what its state holds, and how to remove it", async () => {
  const listing = inBucket(
    ...["network", "cluster", "backup"].map((stack) => `dev-us-east-1/${stack}`),
    "dev-eu-west-1/backup",
  );

  expect(await told(listing, { "dev-us-east-1/network": 44, "dev-us-east-1/backup": 16 })).toEqual([
    "The backup layer of dev/us-east-1 is no longer in the config; its state holds 16 resources;" +
      " npx octarine destroy dev/us-east-1 backup removes it.",
  ]);
});

test("layers of another target in the same bucket are that target's own", async () => {
  const listing = inBucket("dev-us-east-1/network", "dev-eu-west-1/backup");
  const { read, asked } = account({ "dev-us-east-1/network": 44, "dev-us-east-1/backup": 16 });

  const left = await leftBehind(fleet, target, () => Promise.resolve(listing), read);

  expect(left.layers).toEqual([]);
  expect(asked).toEqual([]);
});

test("a layer that this version never had is told as well, and needs the one that made it", async () => {
  expect(await told(inBucket("dev-us-east-1/addons"), { "dev-us-east-1/addons": 3 })).toEqual([
    "The addons layer of dev/us-east-1 is no longer in the config; its state holds 3 resources;" +
      " the version of Octarine or of octarine.config that made it knows how to remove it.",
  ]);
});

test("many layers are one line, in the order in which they can go", async () => {
  const stacks = ["ingress", "secrets", "backup", "observability"];
  const listing = inBucket(...stacks.map((stack) => `dev-us-east-1/${stack}`));

  expect(await told(listing, Object.fromEntries(stacks.map((each) => [`dev-us-east-1/${each}`, 5])))).toEqual(
    [
      "4 layers of dev/us-east-1 are no longer in the config; their states hold 20 resources;" +
        " npx octarine destroy dev/us-east-1 LAYER removes one, in this order: backup, observability, ingress and secrets.",
    ],
  );
});

test("production is named with what destroy asks for", () => {
  const prod = aTarget("", { environment: "prod" });
  const left = { layers: [{ stack: "backup", resources: 1 }], targets: [], doubts: [] };

  expect(leftBehindLines(prod, left).map(flat)).toEqual([
    "The backup layer of prod/us-east-1 is no longer in the config; its state holds 1 resource;" +
      " npx octarine destroy prod/us-east-1 backup --allow-prod removes it.",
  ]);
});

test("a target whose file is gone is told, with the last commit that had it", async () => {
  const listing = inBucket(
    "dev-us-east-1/network",
    "dev-us-west-2/network",
    "dev-us-west-2/cluster",
    "dev-x/nodes",
  );

  expect(
    await told(listing, { "dev-us-west-2/network": 40, "dev-us-west-2/cluster": 20, "dev-x/nodes": 1 }),
  ).toEqual([
    "dev/us-west-2 is no longer in the config; its 2 states hold 60 resources;" +
      " npx octarine destroy dev/us-west-2 --config-at 0123456789 removes it.",
    "dev-x is no longer in the config; its state holds 1 resource;" +
      " npx octarine destroy dev-x --config-at COMMIT, with a commit that has its file, removes it.",
  ]);
});

test("emptied states are not reported, nor are states of stacks that the config has", async () => {
  const listing = inBucket("dev-us-east-1/network", "dev-us-east-1/backup", "dev-us-west-2/network");

  expect(await told(listing, { "dev-us-east-1/network": 44 })).toEqual([]);
  // Nothing but what holds a stack to its workspace.
  expect(await told(listing, { "dev-us-east-1/backup": 0, "dev-us-west-2/network": 0 })).toEqual([]);
});

describe("where the bucket can't be listed", () => {
  const failure = { failure: "the aws CLI is not installed" };

  test("every layer that the target could have is asked for, and a line says what is not known", async () => {
    const { read, asked } = account({ "dev-us-east-1/backup": 16 });
    const left = await leftBehind(fleet, target, () => Promise.resolve(failure), read);

    expect(left.layers).toEqual([{ stack: "backup", resources: 16 }]);
    expect(left.doubts).toEqual([
      "the states of octarine-state-dev-111122223333 could not be listed (the aws CLI is not installed)," +
        " so nothing was looked for that belongs to targets whose files are gone",
    ]);
    expect(asked).toEqual(
      stackNames
        .filter((each) => !["network", "cluster", "cni", "nodes"].includes(each))
        .map((each) => `dev-us-east-1/${each}`),
    );
  });

  test("the same where the listing knows nothing of the target: another S3 may have answered", async () => {
    expect(await told(inBucket(), { "dev-us-east-1/backup": 16 })).toHaveLength(1);
  });
});

test("a state that can't be read is reported on a line of its own", async () => {
  const read: StateReader = () => Promise.reject(new CommandFailure("dev-us-east-1-backup: AccessDenied"));
  const listing = inBucket("dev-us-east-1/backup");
  const left = await leftBehind(fleet, target, () => Promise.resolve(listing), read);

  expect(leftBehindLines(target, left).map(flat)[0]).toBe(
    "Not known: whether the states still hold layers of dev/us-east-1 that no config has could not be found out: dev-us-east-1-backup: AccessDenied.",
  );
});
