import { addonNames, chartNames } from "../../components/components";
import type { Release } from "../../releases/release";
import type { AwsCli } from "./aws-cli";
import { checkAddon, checkAmi, checkKubernetes } from "./check-aws";
import { checkChart } from "./check-chart";
import type { HttpAnswer, HttpGet } from "./http";
import { bundleUrl, GATEWAY_API } from "../vendor/bundle-url";
import { type Answer, confirmed, contradicted, type PinCheck, type PinName, unreachable } from "./pin-check";

export interface Publishers {
  readonly get: HttpGet;
  readonly aws: AwsCli;
  /** Where Gateway API releases lie. */
  readonly gatewayApi?: string;
}

/** Every pin of a release against who publishes it. */
export async function refreshRelease(release: Release, publishers: Publishers): Promise<PinCheck[]> {
  const get = remembered(publishers.get);
  const { aws, gatewayApi = GATEWAY_API } = publishers;
  const checks: PinCheck[] = [];
  const add = async (pin: PinName, version: string, answer: Promise<Answer>) => {
    checks.push({ pin, version, ...(await answer) });
  };
  // One after the other: a publisher is not flooded, and the aws CLI is asked once where it can't answer.
  await add("kubernetes", release.kubernetes.version, checkKubernetes(release, aws));
  for (const name of addonNames)
    await add(name, release.addons[name].version, checkAddon(name, release, aws));
  for (const name of ["al2023", "bottlerocket"] as const) {
    await add(name, release.amis[name].version, checkAmi(name, release, aws));
  }
  await add("gateway-api", release.gatewayApi.version, checkBundle(release, get, gatewayApi));
  for (const name of chartNames) {
    const chart = release.charts[name];
    await add(name, chart.version, checkChart(chart, get));
  }
  return checks;
}

async function checkBundle({ gatewayApi }: Release, get: HttpGet, base: string): Promise<Answer> {
  const url = bundleUrl(gatewayApi.version, base);
  const answer = await get(url);
  if ("failure" in answer) return unreachable(`${url}: ${answer.failure}`);
  const { status, ok } = answer.response;
  if (ok) return confirmed(url);
  return status === 404 ? contradicted(`${url}: no such release`) : unreachable(`${url}: HTTP ${status}`);
}

/** Charts share repositories, so each index is fetched once; a body can be read once, so each reader gets a copy. */
function remembered(get: HttpGet): HttpGet {
  const answers = new Map<string, Promise<HttpAnswer>>();
  return async (url, headers) => {
    if (headers !== undefined) return get(url, headers);
    const answer = await (answers.get(url) ?? remember(url));
    return "failure" in answer ? answer : { response: answer.response.clone() };
  };

  function remember(url: string): Promise<HttpAnswer> {
    const asked = get(url);
    answers.set(url, asked);
    return asked;
  }
}

/** 0: every pin confirmed; 1: one contradicted; 3: none contradicted, but not everybody could be asked. */
export function refreshExitCode(checks: readonly PinCheck[]): 0 | 1 | 3 {
  if (checks.some(({ result }) => result === "contradicted")) return 1;
  return checks.some(({ result }) => result === "unreachable") ? 3 : 0;
}
