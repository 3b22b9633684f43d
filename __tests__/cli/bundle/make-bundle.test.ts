import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { filesBelow } from "../../../src/bundle/files";
import { type BundleManifest, readManifest } from "../../../src/bundle/manifest";
import { type BundleRequest, makeBundle } from "../../../src/cli/bundle/make/make-bundle";
import { openBundle } from "../../../src/cli/offline/open-bundle";
import { httpGet } from "../../../src/cli/refresh/http";
import { DownloadingTerraform } from "../../support/downloading-terraform";
import { aFolder } from "../../support/fixtures";
import { loopback, type Loopback } from "../refresh/loopback";

const ARCHIVE = "the archive of a chart";
const sha256 = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const INDEX = `apiVersion: v1
entries:
  one:
    - version: 1.0.0
      digest: ${sha256(ARCHIVE).slice(7)}
      urls: [one-1.0.0.tgz]
`;
const IMAGE_DIGEST = sha256("image");
const MANIFEST = JSON.stringify({
  layers: [{ mediaType: "application/vnd.cncf.helm.chart.content.v1.tar+gzip", digest: sha256(ARCHIVE) }],
});
const routes = {
  "/charts/index.yaml": INDEX,
  "/charts/one-1.0.0.tgz": ARCHIVE,
  "/v2/oci/two/manifests/2.0.0": MANIFEST,
  [`/v2/oci/two/blobs/${sha256(ARCHIVE)}`]: ARCHIVE,
  "/v2/app/manifests/1": { status: 200, headers: { "docker-content-digest": IMAGE_DIGEST } },
};
const terraform = new DownloadingTerraform();
let server: Loopback;
beforeAll(async () => {
  server = await loopback(routes);
});
afterAll(async () => {
  terraform.remove();
  await server.close();
});
beforeEach(() => {
  terraform.asked();
  server.requests.length = 0;
});

const aws = { source: "hashicorp/aws", version: "6.25.0" };
const vpc = { source: "ns/vpc/aws", version: "6.5.1" };

function request(changed: Partial<BundleRequest["needed"]> = {}): BundleRequest {
  const image = `${server.host}/app:1`;
  const images = [{ source: image, mirror: "mirror.example.com/team/example.com/app:1", targets: ["dev"] }];
  return {
    needed: {
      targets: ["dev/us-east-1"],
      terraform: [">= 1.11"],
      platforms: ["linux_amd64"],
      providers: [aws],
      modules: [vpc],
      unread: [],
      charts: [
        {
          repository: `http://${server.host}/charts`,
          name: "one",
          version: "1.0.0",
          digest: sha256(ARCHIVE),
        },
        { repository: `oci://${server.host}/oci`, name: "two", version: "2.0.0" },
      ],
      images: [],
      unknown: [],
      vendored: [],
      ...changed,
    },
    stacks: [{ providers: [aws], calls: [{ name: "network", ...vpc }], charts: [] }],
    sources: {},
    tool: "crane",
    mirrors: ["mirror.example.com/team"],
    withCharts: () => ({ images, unknown: [] }),
    get: httpGet(5),
  };
}

const aBundle = () => path.join(aFolder({}), "bundle");
const manifestOf = (dir: string): BundleManifest =>
  readManifest(fs.readFileSync(path.join(dir, "manifest.json"), "utf8"), dir);

test("a bundle holds providers, modules, charts and commands, each with its hash, and can be used", async () => {
  const dir = aBundle();
  const { scripts } = await makeBundle(dir, request());

  expect(filesBelow(dir)).toEqual([
    "charts/one-1.0.0.tgz",
    "charts/two-2.0.0.tgz",
    "images/copy-to-mirror.example.com_team.sh",
    "images/images.json",
    "manifest.json",
    "modules/registry.terraform.io/ns/vpc/aws/6.5.1/main.tf",
    "providers/registry.terraform.io/hashicorp/aws/terraform-provider-aws_6.25.0_linux_amd64.zip",
  ]);
  expect(manifestOf(dir)).toMatchObject({
    complete: true,
    program: { name: "Terraform", version: "1.11.4" },
  });
  expect(openBundle(dir, "linux_amd64").manifest.providers[0]?.hashes).toEqual(["h1:aGFzaA=="]);
  expect(() => openBundle(dir, "darwin_arm64")).toThrow("make it with --platform darwin_arm64");
  const script = fs.readFileSync(path.join(dir, scripts[0] ?? ""), "utf8");
  expect(script).toContain(
    `crane copy ${server.host}/app@${IMAGE_DIGEST} mirror.example.com/team/example.com/app:1`,
  );
});

test("a second run fetches nothing and leaves the manifest as it is", async () => {
  const dir = aBundle();
  await makeBundle(dir, request());
  const before = fs.readFileSync(path.join(dir, "manifest.json"), "utf8");
  terraform.asked();
  server.requests.length = 0;

  await makeBundle(dir, request());

  expect(terraform.asked()).toEqual(["version"]);
  // The tag of an image may name another one by now.
  expect(server.requests).toEqual(["/v2/app/manifests/1"]);
  expect(fs.readFileSync(path.join(dir, "manifest.json"), "utf8")).toBe(before);
});

test("a chart that an earlier run brought is fetched anew where the release records another archive by now", async () => {
  const dir = aBundle();
  const unrecorded = request().needed.charts.map(({ digest: _digest, ...chart }) => chart);
  await makeBundle(dir, request({ charts: unrecorded }));
  const other = unrecorded.map((chart) => ({ ...chart, digest: sha256("another archive") }));

  await expect(makeBundle(dir, request({ charts: other }))).rejects.toThrow(
    `the release records ${sha256("another archive")} of one 1.0.0: it is another archive`,
  );
  expect(() => openBundle(dir, "linux_amd64")).toThrow("is not complete");
});

test("an interrupted run can't be used, and the next one goes on where it ended", async () => {
  const dir = aBundle();
  terraform.refuses("providers-mirror", "Error: no route to host");
  await expect(makeBundle(dir, request())).rejects.toThrow("no route to host");
  expect(() => openBundle(dir, "linux_amd64")).toThrow("is not complete; run npx octarine bundle again");
  expect(fs.readdirSync(dir).sort()).toEqual(["manifest.json", "modules"]);

  terraform.refuses("providers-mirror", undefined);
  terraform.asked();
  await makeBundle(dir, request());
  expect(terraform.asked().filter((line) => line.startsWith("get"))).toEqual([]);
  expect(manifestOf(dir).complete).toBe(true);
});

test("a file that was changed since is fetched again, and what is no longer needed goes", async () => {
  const dir = aBundle();
  await makeBundle(dir, request());
  const chart = path.join(dir, "charts", "one-1.0.0.tgz");
  fs.appendFileSync(chart, "more");
  const { needed, ...rest } = request();

  await makeBundle(dir, { ...rest, needed: { ...needed, charts: needed.charts.slice(0, 1) } });

  expect(fs.readFileSync(chart, "utf8")).toBe(ARCHIVE);
  expect(fs.readdirSync(path.join(dir, "charts"))).toEqual(["one-1.0.0.tgz"]);
});

test("one more platform brings its providers alone", async () => {
  const dir = aBundle();
  await makeBundle(dir, request());
  terraform.asked();

  await makeBundle(dir, request({ platforms: ["linux_amd64", "linux_arm64"] }));

  expect(terraform.asked().filter((line) => line.includes("mirror -platform"))).toEqual([
    "providers mirror -platform=linux_arm64 mirror",
  ]);
  expect(manifestOf(dir).platforms).toEqual(["linux_amd64", "linux_arm64"]);
});

test.each<[string, (made: BundleRequest) => BundleRequest, string]>([
  [
    "an archive that is not the one that the release records",
    (made) => ({
      ...made,
      needed: {
        ...made.needed,
        charts: made.needed.charts.slice(0, 1).map((chart) => ({ ...chart, digest: sha256("other") })),
      },
    }),
    "of one 1.0.0: it is another archive",
  ],
  [
    "a chart that its repository does not have",
    (made) => ({
      ...made,
      needed: {
        ...made.needed,
        charts: [{ repository: `http://${server.host}/charts`, name: "one", version: "9.0.0" }],
      },
    }),
    "does not list one 9.0.0",
  ],
  [
    "a range of a provider's versions",
    (made) => ({
      ...made,
      needed: { ...made.needed, providers: [{ source: "hashicorp/aws", version: "~> 6.0" }] },
    }),
    "hashicorp/aws is demanded as ~> 6.0, and a bundle holds exact versions",
  ],
])("%s is refused", async (_, change, said) => {
  await expect(makeBundle(aBundle(), change(request()))).rejects.toThrow(said);
});

test("a provider that only a module asks for is named", async () => {
  terraform.asksFor("registry.terraform.io/hashicorp/random");
  await expect(makeBundle(aBundle(), request())).rejects.toThrow(
    "modules ask for registry.terraform.io/hashicorp/random, and no stack pins a version",
  );
  terraform.asksFor(undefined);
});

test("a folder that holds something else is left alone", async () => {
  const dir = aFolder({ "notes.txt": "mine" });
  await expect(makeBundle(dir, request())).rejects.toThrow("holds something else than a bundle");
  expect(fs.readdirSync(dir)).toEqual(["notes.txt"]);
});

test("providers and charts come from folders, where these are given, and the network is not asked for them", async () => {
  const type = "registry.terraform.io/hashicorp/aws/6.25.0/linux_amd64/terraform-provider-aws_v6.25.0_x5";
  const sources = {
    providers: aFolder({ [type]: "binary" }),
    charts: aFolder({ "one-1.0.0.tgz": ARCHIVE, "two-2.0.0/Chart.yaml": "name: two\nversion: 2.0.0\n" }),
  };
  const dir = aBundle();
  await makeBundle(dir, { ...request(), sources });

  expect(filesBelow(path.join(dir, "providers"))).toEqual([type]);
  expect(filesBelow(path.join(dir, "charts"))).toEqual(["one-1.0.0.tgz", "two-2.0.0/Chart.yaml"]);
  expect(server.requests).toEqual(["/v2/app/manifests/1"]);
});

test("images whose registry does not answer keep their tags, and the registry is asked once", async () => {
  const closed = await loopback({});
  await closed.close();
  const images = ["a:1", "b:1"].map((name) => ({ source: `${closed.host}/${name}`, targets: ["dev"] }));
  const made = await makeBundle(aBundle(), { ...request(), withCharts: () => ({ images, unknown: [] }) });

  expect(made.images.map(({ digest }) => digest)).toEqual([undefined, undefined]);
  expect(made.undigested).toEqual([`http://${closed.host}/v2/a/manifests/1: ECONNREFUSED`]);
});
