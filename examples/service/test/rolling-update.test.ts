import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startLoad } from "./support/load";
import { logged, type ServiceProcess, startService } from "./support/service-process";
import { VirtualIp } from "./support/virtual-ip";

/** Under load for a while at each stage; pods are found and forgotten up to a second late. */
const STAGE_MS = 1_200;
const PROBE_MS = 100;
const LAG_MS = 900;
const CLIENTS_PER_PROTOCOL = 200;
const DRAIN_DELAY_MS = 2_200;

const startPod = (drainDelayMs: number): Promise<ServiceProcess> =>
  startService({ GREETING_DELAY_MS: "1000", DRAIN_DELAY_MS: String(drainDelayMs) });

/** Replaces pods under load, one by one, the new one first, as a Deployment with maxUnavailable 0 does. */
async function rollingUpdate({ pods, drainDelayMs }: { pods: number; drainDelayMs: number }) {
  const old = await Promise.all([startPod(drainDelayMs), startPod(drainDelayMs)]);
  const ip = await VirtualIp.open(PROBE_MS, LAG_MS);
  after(() => ip.close());
  let running: readonly ServiceProcess[] = old;
  const setRunning = async (pods: readonly ServiceProcess[]) => {
    running = pods;
    ip.setPods(running);
    await ip.settled(running);
  };
  await setRunning(old);
  const load = startLoad(ip, CLIENTS_PER_PROTOCOL);
  await sleep(STAGE_MS);
  const replaced = old.slice(0, pods);
  const exitCodes: (number | null)[] = [];
  for (const service of replaced) {
    await setRunning([...running, await startPod(drainDelayMs)]);
    exitCodes.push(await terminate(service));
    running = running.filter((pod) => pod !== service);
  }
  await sleep(STAGE_MS);
  const figures = await load.stop();
  await Promise.all(running.map(terminate));
  return { figures, exitCodes, replaced };
}

const terminate = (service: ServiceProcess): Promise<number | null> => {
  service.signal("SIGTERM");
  return service.exited;
};

const counts = (service: ServiceProcess, message: string, field: string): { http: number; grpc: number } => {
  const value = logged(service, message)[field];
  assert(typeof value === "object" && value !== null && "http" in value && "grpc" in value);
  return { http: Number(value.http), grpc: Number(value.grpc) };
};

describe("a rolling update under load", { timeout: 120_000 }, () => {
  it("loses no request", async (t) => {
    const { figures, exitCodes, replaced } = await rollingUpdate({ pods: 2, drainDelayMs: DRAIN_DELAY_MS });
    const perPod = replaced.map((service) => ({
      inFlightAtSigterm: counts(service, "draining", "inFlight"),
      startedAfterSigterm: counts(service, "stopped", "startedAfterSignal"),
      drainMs: Number(logged(service, "stopped")["drainMs"]),
    }));
    t.diagnostic(`requests ${JSON.stringify(figures.requests)}, errors ${figures.errors.length}`);
    t.diagnostic(`longest answer ${Math.round(figures.longestMs)} ms, exit codes ${exitCodes.join(", ")}`);
    for (const pod of perPod) t.diagnostic(`pod: ${JSON.stringify(pod)}`);
    assert.deepEqual(figures.errors.slice(0, 5), []);
    assert.deepEqual(exitCodes, [0, 0]);
    const total = (field: "inFlightAtSigterm" | "startedAfterSigterm") =>
      perPod.reduce((sum, pod) => sum + pod[field].http + pod[field].grpc, 0);
    assert(total("inFlightAtSigterm") > 20, "too little load to show anything");
    assert(total("startedAfterSigterm") > 20, "nothing came after the signal");
  });

  it("would lose requests without the drain delay, which shows that the test can tell", async (t) => {
    const { figures } = await rollingUpdate({ pods: 1, drainDelayMs: 0 });
    t.diagnostic(`requests ${JSON.stringify(figures.requests)}, errors ${figures.errors.length}`);
    assert(figures.errors.length > 0);
  });
});
