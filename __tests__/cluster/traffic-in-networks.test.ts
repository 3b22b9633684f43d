import { resultsOf, scriptOf, unfitIn } from "../../src/verify/traffic/probe-script";
import { gigabitsIn, receiveScript, sendScript } from "../../src/verify/traffic/throughput";
import { describeUnless } from "../support/missing-tools";
import { inPod, noNetworks } from "../support/three-networks";

const SERVER = "10.9.2.2";

describeUnless(noNetworks(), "a probe's script in networks that let through, drop and refuse", () => {
  test("tells what is reached from what is refused, dropped and has no name", async () => {
    const output = await inPod(
      {
        names: { "ledger.payments.svc.cluster.local": SERVER, "vault.payments.svc.cluster.local": SERVER },
        listening: [8080, 9443],
        rules: ["ipproto tcp dport 9443 blackhole"],
      },
      scriptOf([
        { host: "ledger.payments.svc.cluster.local", port: 8080 },
        { host: "vault.payments.svc.cluster.local", port: 9443 },
        { host: "ledger.payments.svc.cluster.local", port: 7777 },
        { host: "nobody.payments.svc.cluster.local", port: 8080 },
        { host: SERVER, port: 8080 },
        { host: "ledger.payments.svc.cluster.local" },
        { host: "nobody.payments.svc.cluster.local" },
      ]),
    );

    expect(Object.fromEntries(resultsOf(output))).toEqual({
      "ledger.payments.svc.cluster.local:8080": "ok",
      "vault.payments.svc.cluster.local:9443": "timeout",
      "ledger.payments.svc.cluster.local:7777": "refused",
      "nobody.payments.svc.cluster.local:8080": "unresolved",
      [`${SERVER}:8080`]: "ok",
      "ledger.payments.svc.cluster.local": "ok",
      "nobody.payments.svc.cluster.local": "unresolved",
    });
  }, 180_000);

  test("takes a firewall's answer for a refusal, and its silence for none", async () => {
    const names = { "a.internal": SERVER };
    const output = await inPod(
      {
        names,
        listening: [1001, 1002],
        rules: ["ipproto tcp dport 1001 prohibit", "ipproto tcp dport 1002 blackhole"],
      },
      scriptOf([
        { host: "a.internal", port: 1001 },
        { host: "a.internal", port: 1002 },
      ]),
    );

    expect([...resultsOf(output).values()]).toEqual(["refused", "timeout"]);
  }, 180_000);

  test("says that names have no address where DNS is dropped, and reaches addresses", async () => {
    const output = await inPod(
      { names: { "a.internal": SERVER }, listening: [8080], rules: ["ipproto udp dport 53 blackhole"] },
      scriptOf([{ host: SERVER, port: 8080 }, { host: "a.internal" }]),
    );

    expect([...resultsOf(output).values()]).toEqual(["ok", "unresolved"]);
  }, 180_000);

  test("tries nothing with an nc that can't", async () => {
    const script = scriptOf([{ host: SERVER, port: 8080 }]);
    const output = await inPod(
      { names: {}, listening: [8080], rules: [] },
      `nc() { busybox nc "$@"; }\n${script}`,
    );

    expect([unfitIn(output), resultsOf(output).size]).toEqual(["the image's nc has no -z", 0]);
  });

  test("measures what a pod sends to another, and says where nothing comes through", async () => {
    const send = sendScript("10.9.1.1", 50_000_000);
    const own = { names: {}, listening: [], rules: [] };
    const output = await inPod(
      own,
      `(${receiveScript}) & receiving=$!\nsleep 1\n(\n${sendScript("127.0.0.1", 50_000_000)}\n)\nkill $receiving`,
    );

    expect(gigabitsIn(output)).toBeGreaterThan(0);
    expect(gigabitsIn(await inPod(own, send))).toBeUndefined();
  }, 60_000);
});
