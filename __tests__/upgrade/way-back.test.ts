import { wayBackCommands, wayBackOf } from "../../src/upgrade/way-back";
import { aTarget } from "../support/fixtures";
import { live } from "../support/live-answers";

const target = aTarget();
const LIST = `aws eks list-updates --name ${target.clusterName}`;
const NOW = Date.parse("2026-11-29T12:00:00Z");
const describe1 = (id: string) => `aws eks describe-update --name ${target.clusterName} --update-id ${id}`;

const update = (type: string, version: string, createdAt: string | number, status = "Successful") => ({
  update: { type, status, createdAt, params: [{ type: "Version", value: version }] },
});

const asked = (updates: Readonly<Record<string, unknown>>) =>
  wayBackOf(
    target,
    "1.34",
    live({
      [LIST]: { updateIds: Object.keys(updates) },
      ...Object.fromEntries(Object.entries(updates).map(([id, each]) => [describe1(id), each])),
    }),
    NOW,
  );

test("a control plane that came to its minor three days ago can go back for four more", async () => {
  const way = await asked({
    a: update("VersionUpdate", "1.33", "2026-01-01T00:00:00Z"),
    b: update("LoggingUpdate", "1.34", "2026-11-29T00:00:00Z"),
    c: update("VersionUpdate", "1.34", "2026-11-26T12:00:00Z"),
    d: update("VersionUpdate", "1.34", "2026-11-28T12:00:00Z", "Failed"),
  });

  expect(way).toEqual({ is: "open", until: Date.parse("2026-12-03T12:00:00Z") });
});

test("times may be seconds since 1970, as cli_timestamp_format = wire writes them", async () => {
  const way = await asked({ a: update("VersionUpdate", "1.34", Date.parse("2026-11-26T12:00:00Z") / 1000) });

  expect(way).toEqual({ is: "open", until: Date.parse("2026-12-03T12:00:00Z") });
});

test.each([
  ["2026-11-22T11:00:00Z", "open"],
  ["2026-11-22T09:00:00Z", "over"],
])("seven days count from the end of the update that began at %s: %s", async (createdAt, is) => {
  expect(await asked({ a: update("VersionUpdate", "1.34", createdAt) })).toMatchObject({ is });
});

test("where EKS knows of no such update, or can't be asked, nothing is said of it", async () => {
  expect(await asked({ a: update("VersionUpdate", "1.33", "2026-11-26T12:00:00Z") })).toMatchObject({
    is: "not known",
    why: expect.stringContaining("EKS knows of no update") as string,
  });
  expect(await wayBackOf(target, "1.34", live({}), NOW)).toMatchObject({ is: "not known" });
});

test("the way back is two commands of the AWS CLI", () => {
  expect(wayBackCommands(target, "1.33")).toEqual([
    `aws eks list-insights --region us-east-1 --cluster-name ${target.clusterName}`,
    `aws eks update-cluster-version --region us-east-1 --name ${target.clusterName} --kubernetes-version 1.33`,
  ]);
});
