import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { offerPath, offers } from "../../../src/cost/price-list";
import { aFolder } from "../../support/fixtures";
import { runCommand } from "../../support/run-command";
import { type Loopback, loopback, type Routes } from "./loopback";

const HEAD = `"FormatVersion","v1.0"
"Publication Date","2026-09-21T19:47:12Z"
"SKU","TermType","StartingRange","Unit","PricePerUnit","Currency","Product Family","Location Type","usageType","operation"
`;
const line = (family: string, usage: string, usd: string) =>
  `"X","OnDemand","0","Hrs","${usd}","USD","${family}","AWS Region","${usage}",""\n`;
// The figures show the form; they are no prices.
const LISTS: Routes = {
  ...Object.fromEntries(offers.map((offer) => [offerPath(offer, "us-east-1"), HEAD])),
  [offerPath("AmazonEC2", "us-east-1")]: HEAD + line("NAT Gateway", "NatGateway-Hours", "0.01"),
  [offerPath("AmazonEKS", "us-east-1")]: HEAD + line("Compute", "USE1-AmazonEKS-Hours:perCluster", "0.02"),
};

const folder = aFolder({});
const file = path.join(folder, "prices.json");
let server: Loopback | undefined;
afterEach(async () => {
  await server?.close();
  fs.rmSync(file, { force: true });
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function refresh(routes: Routes, out = file) {
  server = await loopback(routes);
  return await runCommand(
    ...["--envs", "envs", "cost", "refresh", "dev"],
    ...["--url", `http://${server.host}`, "--out", out, "--timeout", "5"],
  );
}

test("reads each service's list of the region once and keeps what it found, with source and day", async () => {
  const { output, exitCode } = await refresh(LISTS);

  expect(server?.requests).toEqual(offers.map((offer) => offerPath(offer, "us-east-1")));
  expect(JSON.parse(fs.readFileSync(file, "utf8"))).toEqual({
    "us-east-1": {
      controlPlaneHour: { usd: 0.02, offer: "AmazonEKS", asOf: "2026-09-21" },
      natGatewayHour: { usd: 0.01, offer: "AmazonEC2", asOf: "2026-09-21" },
    },
  });
  expect(output).toContain("us-east-1: 2 prices");
  expect(output).toMatch(/not in the list: .*natGB.*instances\.m7i\.large/);
  expect(output).toMatch(/not looked for: .*internetOutGB/);
  expect(exitCode).toBe(0);
});

test("with --out - standard output is the list and nothing else", async () => {
  const { output, remarks } = await refresh(LISTS, "-");

  expect(Object.keys(JSON.parse(output) as object)).toEqual(["us-east-1"]);
  expect(remarks).toMatch(/us-east-1: 2 prices[^]*wrote standard output: 1 region/);
});

test("reports a list that can't be reached, and keeps the prices that were known", async () => {
  const old = { usd: 0.5, offer: "AmazonEKS", asOf: "2026-01-01" };
  fs.writeFileSync(file, JSON.stringify({ "us-east-1": { controlPlaneHour: old }, "eu-west-1": {} }));
  const { output, exitCode } = await refresh({ ...LISTS, [offerPath("AmazonEKS", "us-east-1")]: 403 });

  expect(output).toMatch(/can't be reached: AmazonEKS: http:.*HTTP 403/);
  expect(exitCode).toBe(3);
  expect(JSON.parse(fs.readFileSync(file, "utf8"))).toMatchObject({
    "eu-west-1": {},
    "us-east-1": { controlPlaneHour: old, natGatewayHour: { usd: 0.01 } },
  });
});

test("without any list nothing is written", async () => {
  await expect(refresh({})).rejects.toThrow(/gave no prices; nothing was written/);
  expect(fs.existsSync(file)).toBe(false);
});

test("what was read lies beside the folder of targets, where cost finds it", async () => {
  const project = aFolder({});
  fs.cpSync("envs", path.join(project, "envs"), { recursive: true });
  const run = (...args: string[]) => runCommand("--envs", path.join(project, "envs"), "cost", ...args);
  const planePrice = async () => {
    const [{ lines }] = z
      .tuple([
        z.object({ lines: z.array(z.object({ item: z.string(), price: z.object({ source: z.string() }) })) }),
      ])
      .parse(JSON.parse((await run("dev", "--json")).output));
    return lines.find(({ item }) => item.startsWith("control plane"))?.price.source;
  };
  server = await loopback(LISTS);

  expect(await planePrice()).not.toBe("AWS price list, AmazonEKS");
  await run("refresh", "dev", "--url", `http://${server.host}`, "--timeout", "5");
  expect(fs.readdirSync(project).sort()).toEqual(["aws-prices.json", "envs"]);
  expect(await planePrice()).toBe("AWS price list, AmazonEKS");

  fs.writeFileSync(path.join(project, "aws-prices.json"), "{ half");
  await expect(run("dev")).rejects.toThrow(
    /aws-prices\.json:1:1 {2}does not hold what npx octarine cost refresh writes; remove it, and run that again/,
  );
  fs.rmSync(project, { recursive: true });
});
