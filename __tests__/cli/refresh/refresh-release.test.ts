import fs from "node:fs";
import path from "node:path";
import { awsCli, type AwsCli } from "../../../src/cli/refresh/aws-cli";
import { amiName } from "../../../src/cli/refresh/check-aws";
import { httpGet } from "../../../src/cli/refresh/http";
import type { PinCheck } from "../../../src/cli/refresh/pin-check";
import { refreshExitCode, refreshRelease } from "../../../src/cli/refresh/refresh-release";
import { refreshText } from "../../../src/cli/refresh/refresh-text";
import { chartNames } from "../../../src/components/components";
import type { ChartPin, Release } from "../../../src/releases/release";
import { releases } from "../../../src/releases/releases";
import { aFolder } from "../../support/fixtures";
import { type Loopback, loopback } from "./loopback";

const release = releases["2026.11"];

/** All that EKS and EC2 offer, for every question. */
const everything: AwsCli = () =>
  Promise.resolve({
    output: [
      release.kubernetes.version,
      ...Object.values(release.addons).map(({ version }) => version),
      amiName("al2023", release),
      amiName("bottlerocket", release),
    ],
  });

const index = `entries:\n${chartNames
  .map((name) => release.charts[name])
  .map(
    ({ name, version, digest }) =>
      `  ${name}:\n  - version: ${version}\n    digest: ${digest ?? "0".repeat(64)}\n`,
  )
  .join("")}`;

let server: Loopback;
beforeAll(async () => {
  server = await loopback({
    "/charts/index.yaml": index,
    "/gateway-api/v1.4.1/experimental-install.yaml": "{}",
  });
});
afterAll(() => server.close());

/** The release with every chart in the repository on this machine. */
function published(): Release {
  const chartPins = chartNames.map((name): [string, ChartPin] => [
    name,
    { ...release.charts[name], repository: `http://${server.host}/charts` },
  ]);
  return { ...release, charts: { ...release.charts, ...Object.fromEntries(chartPins) } };
}

const publishers = (aws: AwsCli) => ({
  get: httpGet(2),
  aws,
  gatewayApi: `http://${server.host}/gateway-api`,
});

test("confirms every pin of a release, and fetches an index that charts share once", async () => {
  const checks = await refreshRelease(published(), publishers(everything));
  expect(checks.filter(({ result }) => result !== "confirmed")).toEqual([]);
  expect(checks).toHaveLength(1 + 7 + 2 + 1 + chartNames.length);
  expect(server.requests.filter((url) => url === "/charts/index.yaml")).toHaveLength(1);
});

test("a version that EKS does not offer is contradicted, and what it has is listed", async () => {
  const checks = await refreshRelease(
    published(),
    publishers(() => Promise.resolve({ output: ["v1.0.0", "1.35"] })),
  );
  expect(checks.find(({ pin }) => pin === "coredns")).toEqual({
    pin: "coredns",
    version: "v1.14.3-eksbuild.11",
    result: "contradicted",
    detail: "EKS for Kubernetes 1.35 does not offer v1.14.3-eksbuild.11; it has v1.0.0, 1.35",
  });
  expect(refreshExitCode(checks)).toBe(1);
});

test("images are asked for by their public names", () => {
  expect((["al2023", "bottlerocket"] as const).map((name) => amiName(name, release))).toEqual([
    "amazon-eks-node-al2023-x86_64-standard-1.35-v20260714",
    "bottlerocket-aws-k8s-1.35-x86_64-v1.65.0-0be31b34",
  ]);
});

describe("the exit code", () => {
  const check = (result: PinCheck["result"]): PinCheck => ({
    pin: "keda",
    version: "2.20.2",
    result,
    detail: "x",
  });

  test.each<[number, PinCheck["result"][]]>([
    [0, ["confirmed", "confirmed"]],
    [3, ["confirmed", "unreachable"]],
    [1, ["unreachable", "contradicted"]],
  ])("%d for %j", (code, results) => {
    expect(refreshExitCode(results.map(check))).toBe(code);
  });
});

test("the text names what is wrong, groups what was not reached, and fits 100 columns", () => {
  const pin = { release: "2026.11", version: "1.29.6" } as const;
  const text = refreshText([
    { ...pin, pin: "keda", result: "confirmed", detail: "https://charts.example/index.yaml" },
    {
      ...pin,
      pin: "velero",
      result: "contradicted",
      detail: "https://charts.example/index.yaml does not list velero 1.29.6",
    },
    { ...pin, pin: "istiod", result: "unreachable", detail: "https://istio.example/index.yaml: ENOTFOUND" },
    { ...pin, pin: "ztunnel", result: "unreachable", detail: "https://istio.example/index.yaml: ENOTFOUND" },
  ]);
  expect(text.split("\n")).toEqual([
    "contradicted: release 2026.11, velero 1.29.6: https://charts.example/index.yaml does not list",
    "  velero 1.29.6",
    "not reached: https://istio.example/index.yaml: ENOTFOUND, so not checked: istiod 1.29.6, ztunnel",
    "  1.29.6",
    "4 pins: 1 confirmed, 1 contradicted, 2 not reached",
  ]);
});

describe("the aws CLI", () => {
  /** A command that counts its calls and does what the script says. */
  function fakeAws(script: string) {
    const dir = aFolder({ aws: `#!/bin/sh\necho "$@" >> "$(dirname "$0")/calls"\n${script}\n` });
    fs.chmodSync(path.join(dir, "aws"), 0o755);
    const calls = () => fs.readFileSync(path.join(dir, "calls"), "utf8").trim().split("\n");
    return { binary: path.join(dir, "aws"), calls };
  }

  test("is asked in the region given, for JSON", async () => {
    const { binary, calls } = fakeAws(`echo '["1.35"]'`);
    expect(await awsCli("eu-west-1", 5, binary)(["eks", "describe-cluster-versions"])).toEqual({
      output: ["1.35"],
    });
    expect(calls()).toEqual([
      "eks describe-cluster-versions --region eu-west-1 --output json --cli-connect-timeout 5",
    ]);
  });

  test("without credentials is asked once", async () => {
    const { binary, calls } = fakeAws(`echo >&2; echo "Unable to locate credentials." >&2; exit 253`);
    const aws = awsCli("us-east-1", 5, binary);
    const failure = { failure: "aws eks list-clusters: Unable to locate credentials." };
    expect([await aws(["eks", "list-clusters"]), await aws(["ec2", "describe-images"])]).toEqual([
      failure,
      failure,
    ]);
    expect(calls()).toHaveLength(1);
  });

  test("that is denied one question is asked the next", async () => {
    const { binary, calls } = fakeAws(`echo "An error occurred (AccessDeniedException)" >&2; exit 254`);
    const aws = awsCli("us-east-1", 5, binary);
    await aws(["eks", "describe-cluster-versions"]);
    await aws(["ec2", "describe-images"]);
    expect(calls()).toHaveLength(2);
  });

  test("that is not installed is unreachable", async () => {
    const aws = awsCli("us-east-1", 5, path.join(aFolder({}), "aws"));
    expect(await aws(["eks", "describe-cluster-versions"])).toEqual({
      failure: "the aws CLI is not installed",
    });
  });
});
