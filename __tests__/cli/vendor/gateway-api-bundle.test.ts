import { httpGet } from "../../../src/cli/refresh/http";
import { bundleText, vendorGatewayApi } from "../../../src/cli/vendor/gateway-api-bundle";
import { vendoredBundleSchema } from "../../../src/model/vendored-bundle";
import { aFolder } from "../../support/fixtures";
import { type Loopback, loopback } from "../refresh/loopback";
import { sha256, smallBundle } from "./small-bundle";

const get = httpGet(5);
const text = smallBundle();
let server: Loopback;
const address = (name: string) => `http://${server.host}/${name}`;

beforeAll(async () => {
  server = await loopback({
    "/install.yaml": text,
    "/other.yaml": smallBundle("v1.3.0"),
    "/html": "<html>sign in</html>",
    "/broken.yaml": "a: [",
    "/service.yaml": "apiVersion: v1\nkind: Service\nmetadata: { name: a }\n",
    "/down.yaml": 503,
  });
});
afterAll(() => server.close());

const vendor = (from: string, body = text) =>
  vendorGatewayApi({ version: "v1.4.1", from, sha256: sha256(body) }, get);

test("keeps the definitions, without what only people read", async () => {
  const bundle = await vendor(address("install.yaml"));

  expect(bundle).toMatchObject({ version: "v1.4.1", source: address("install.yaml"), sha256: sha256(text) });
  expect(bundle.objects.map(({ metadata }) => metadata.name)).toEqual([
    "gateways.gateway.networking.k8s.io",
    "httproutes.gateway.networking.k8s.io",
  ]);
  expect(bundle.objects[0]?.spec).toMatchObject({
    versions: [
      {
        additionalPrinterColumns: [{ name: "Class", type: "string", jsonPath: ".spec.class" }],
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              spec: {
                type: "object",
                default: { description: "kept" },
                properties: { description: { type: "string" }, parts: { items: { type: "string" } } },
              },
            },
          },
        },
      },
    ],
  });
  expect(JSON.stringify(bundle)).not.toMatch(/What is wanted|A part|A text|A Gateway|what it is of/);
});

test("keeps no status, which is the API server's to write", async () => {
  expect(text).toContain("storedVersions: null");

  expect((await vendor(address("install.yaml"))).objects.map(Object.keys)).toEqual([
    ["apiVersion", "kind", "metadata", "spec"],
    ["apiVersion", "kind", "metadata", "spec"],
  ]);
});

test("a file on this machine does as well as an address", async () => {
  const dir = aFolder({ "install.yaml": text });

  const { objects } = await vendor(`${dir}/install.yaml`);

  expect(objects).toEqual((await vendor(address("install.yaml"))).objects);
});

test("the file's text is what was made, one object a line", async () => {
  const bundle = await vendor(address("install.yaml"));
  const written = bundleText(bundle);

  expect(vendoredBundleSchema.parse(JSON.parse(written))).toEqual(bundle);
  expect(written.split("\n").filter((line) => line.includes("CustomResourceDefinition"))).toHaveLength(2);
});

test("refuses a file with another digest", async () => {
  await expect(vendor(address("install.yaml"), "another text")).rejects.toThrow(
    `${address("install.yaml")} has the SHA-256 ${sha256(text)}, not ${sha256("another text")}, so it is a different file; nothing was written`,
  );
});

test.each([
  [
    "another release",
    "other.yaml",
    smallBundle("v1.3.0"),
    "gateways.gateway.networking.k8s.io names v1.3.0 as its own, not Gateway API v1.4.1",
  ],
  ["a page", "html", "<html>sign in</html>", "contains something that is not a Kubernetes object"],
  ["broken YAML", "broken.yaml", "a: [", "Flow sequence in block collection must be"],
  [
    "objects that define nothing",
    "service.yaml",
    "apiVersion: v1\nkind: Service\nmetadata: { name: a }\n",
    "contains no CustomResourceDefinition",
  ],
  ["an answer that says no", "down.yaml", "", "HTTP 503"],
])("refuses %s", async (_what, name, body, message) => {
  await expect(vendor(address(name), body)).rejects.toThrow(message);
});

test("refuses a file that does not exist", async () => {
  await expect(vendor("nowhere.yaml")).rejects.toThrow("nowhere.yaml does not exist");
});

test("says how to do without where nothing can be reached", async () => {
  const closed = await loopback({});
  await closed.close();

  await expect(vendor(`http://${closed.host}/install.yaml`)).rejects.toThrow("give the file with --from");
});
