import http from "node:http";
import type { AddressInfo } from "node:net";
import { checkChart } from "../../../src/cli/refresh/check-chart";
import { httpGet } from "../../../src/cli/refresh/http";
import type { ChartPin } from "../../../src/releases/release";
import { type Loopback, loopback, type Routes } from "./loopback";

const DIGEST = `sha256:${"a".repeat(64)}`;
const OTHER = `sha256:${"b".repeat(64)}`;
const INDEX = `apiVersion: v1
entries:
  keda-add-ons-http:
  - version: 2.20.2
    digest: ${"b".repeat(64)}
  keda:
  - apiVersion: v2
    version: 2.20.3
    digest: ${"b".repeat(64)}
  - apiVersion: v2
    annotations:
      note: |
        version: 9.9.9
    version: 2.20.2
    digest: ${"a".repeat(64)}
generated: "2026-08-13T00:00:00Z"
`;
const MANIFEST = JSON.stringify({
  config: { digest: OTHER },
  layers: [
    { mediaType: "application/vnd.cncf.helm.chart.provenance.v1.prov", digest: OTHER },
    { mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", digest: DIGEST },
  ],
});

let server: Loopback | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function check(pin: Partial<ChartPin>, routes: Routes) {
  server = await loopback(routes);
  const { host } = server;
  const { result, detail } = await checkChart(
    {
      name: "keda",
      version: "2.20.2",
      source: "test",
      sourceDate: "2026-08",
      verified: true,
      ...pin,
      repository: (pin.repository ?? "http://$HOST/charts").replace("$HOST", host),
    },
    httpGet(2),
  );
  return `${result}: ${detail.replaceAll(host, "$HOST")}`;
}

describe("a repository with an index", () => {
  const index = "http://$HOST/charts/index.yaml";

  test.each<[string, Partial<ChartPin>, Routes, string]>([
    [
      "lists the version",
      { digest: DIGEST },
      { "/charts/index.yaml": INDEX },
      `confirmed: ${index}, digest as recorded`,
    ],
    [
      "gives a digest to record",
      {},
      { "/charts/index.yaml": INDEX },
      `confirmed: ${index}; record its digest ${DIGEST}`,
    ],
    [
      "has another archive under the version",
      { digest: OTHER },
      { "/charts/index.yaml": INDEX },
      `contradicted: ${index} has digest ${DIGEST}, but ${OTHER} is recorded: the archive was replaced`,
    ],
    [
      "does not list the version",
      { version: "9.9.9" },
      { "/charts/index.yaml": INDEX },
      `contradicted: ${index} does not list keda 9.9.9`,
    ],
    [
      "does not know the chart",
      { name: "add-ons" },
      { "/charts/index.yaml": INDEX },
      `contradicted: ${index} does not list add-ons 2.20.2`,
    ],
    ["fails", {}, { "/charts/index.yaml": 503 }, `unreachable: ${index}: HTTP 503`],
    [
      "is written with a slash at its end",
      { repository: "http://$HOST/charts/", digest: DIGEST },
      { "/charts/index.yaml": INDEX },
      `confirmed: ${index}, digest as recorded`,
    ],
  ])("%s", async (_, pin, routes, said) => {
    expect(await check(pin, routes)).toBe(said);
  });

  test("is reported as unreachable where nobody serves it", async () => {
    const closed = await loopback({});
    await closed.close();
    expect(await check({ repository: `http://${closed.host}` }, {})).toBe(
      `unreachable: http://${closed.host}/index.yaml: ECONNREFUSED`,
    );
  });
});

test("a publisher that does not answer in time is unreachable", async () => {
  const silent = http.createServer(() => undefined);
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const { port } = silent.address() as AddressInfo;
  expect(await httpGet(0.1)(`http://127.0.0.1:${port}/`)).toEqual({ failure: "no answer in 0.1 s" });
  silent.closeAllConnections();
  silent.close();
});

describe("an OCI registry", () => {
  const path = "/v2/charts/keda/manifests/2.20.2";
  const pin = { repository: "oci://$HOST/charts", digest: DIGEST };

  test.each<[string, Partial<ChartPin>, Routes, string]>([
    ["has the version", pin, { [path]: MANIFEST }, `confirmed: http://$HOST${path}, digest as recorded`],
    [
      "wants an anonymous token first",
      pin,
      {
        [path]: {
          status: 401,
          headers: {
            "www-authenticate":
              'Bearer realm="http://$HOST/token",service="s",scope="repository:charts/keda:pull"',
          },
        },
        "/token?service=s&scope=repository%3Acharts%2Fkeda%3Apull": JSON.stringify({ token: "t0" }),
        [`${path} Bearer t0`]: MANIFEST,
      },
      `confirmed: http://$HOST${path}, digest as recorded`,
    ],
    ["gives no token", pin, { [path]: 401 }, `unreachable: http://$HOST${path}: no anonymous token`],
    ["does not have it", pin, {}, `contradicted: http://$HOST${path}: no such version`],
    [
      "has another archive",
      { ...pin, digest: OTHER },
      { [path]: MANIFEST },
      `contradicted: http://$HOST${path} has digest ${DIGEST}, but ${OTHER} is recorded: the archive was replaced`,
    ],
    ["limits requests", pin, { [path]: 429 }, `unreachable: http://$HOST${path}: HTTP 429`],
  ])("%s", async (_, chart, routes, said) => {
    expect(await check(chart, routes)).toBe(said);
  });
});
