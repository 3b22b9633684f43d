import { runCommand } from "../support/run-command";

const run = (...args: string[]) => runCommand("--envs", "envs", "reachability", ...args);

test("counts what passes by kind, and does not list it", async () => {
  const { output, exitCode } = await run("prod/us-east-1");

  expect(exitCode).toBe(0);
  expect(output).toMatch(/^prod\/us-east-1: \d+ flows needed: 0 denied, \d+ undecided\n/);
  expect(output).toMatch(/^ {2}webhook +10 +10 +0 +0$/m);
  expect(output).not.toContain("payments/orders to payments");
});

test("shows one way hop by hop, each with its object and the line that makes it", async () => {
  const { output } = await run("prod/us-east-1", "--from", "payments/orders", "--to", "payments/ledger");

  expect(output).toMatch(/^allowed {2}payments\/orders to payments\/ledger, TCP 50051$/m);
  expect(output).toContain("workloads.orders.dependencies.0, envs/prod/workloads/orders.yaml:11");
  expect(output).toMatch(
    /^ {2}allowed {2}policy of the receiver: .*NetworkPolicy payments\/ledger-callers$/m,
  );
  expect(output).toMatch(/#ledger-callers \(envs\/prod\/workloads\/ledger\.yaml:3\)$/m);
});

test("what is denied ends with a code of 1 and the policies that close; the port of a Service is that of its pods", async () => {
  const { output, exitCode } = await run(
    "prod/us-east-1",
    "--from",
    "internet",
    "--to",
    "payments/orders:80",
    "--json",
  );

  expect(JSON.parse(output)).toMatchObject({
    ways: [
      {
        verdict: "denied",
        port: 8080,
        hops: expect.arrayContaining([
          expect.objectContaining({ at: "mesh of the receiver", verdict: "denied" }),
          expect.objectContaining({ at: "policy of the receiver", verdict: "denied" }),
          expect.objectContaining({ at: "route back", verdict: "denied" }),
        ]) as unknown,
      },
    ],
  });
  expect(exitCode).toBe(1);
});

test.each([
  [
    "--to",
    "payments/ordrs",
    /payments\/ordrs is not one of the pods of prod\/us-east-1; did you mean payments\/orders\?/,
  ],
  ["--to", "fqdn:", /is not an end of a flow; write one of namespace\/workload/],
  ["--from", "10.0.0.0/8", /is not an end of a flow; write one of/],
])("%s %s is wrong usage", async (option, value, message) => {
  await expect(run("prod/us-east-1", option, value)).rejects.toMatchObject({
    message: expect.stringMatching(message) as string,
    exitCode: 2,
  });
});
