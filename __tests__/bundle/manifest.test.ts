import fs from "node:fs";
import path from "node:path";
import { linksOut, refuseOtherFiles, sha256Of } from "../../src/bundle/files";
import { type BundleManifest, manifestText, readManifest } from "../../src/bundle/manifest";
import { aFolder } from "../support/fixtures";

const hash = "a".repeat(64);
const manifest: BundleManifest = {
  format: 1,
  complete: true,
  program: { name: "Terraform", version: "1.11.4" },
  targets: ["dev/us-east-1"],
  platforms: ["linux_amd64"],
  providers: [],
  modules: [],
  charts: [],
  files: { "modules/b/main.tf": hash, "charts/a-1.0.0.tgz": hash },
};

test("the same content is the same text, in whatever order it arrived", () => {
  const files = Object.fromEntries(Object.entries(manifest.files).reverse());
  expect(manifestText({ ...manifest, files })).toBe(manifestText(manifest));
  expect(readManifest(manifestText(manifest), "manifest.json")).toEqual(manifest);
});

test.each([
  "../x",
  "a/../../x",
  "/etc/passwd",
  "a/..",
  "./a",
  "a\\..\\b",
  "..",
  "a\n/../../x",
  "a\u2028/../../x",
])("a manifest that names %j is refused", (file) => {
  const text = JSON.stringify({ ...manifest, files: { [file]: hash } });
  expect(() => readManifest(text, "manifest.json")).toThrow("is not the manifest of a bundle");
});

test("a module's name that leads elsewhere is refused", () => {
  const record = { key: "../../x", source: "a/b/c", package: "modules/a", folder: "modules/a" };
  const text = JSON.stringify({ ...manifest, modules: [{ source: "a/b/c", records: [record] }] });
  expect(() => readManifest(text, "manifest.json")).toThrow("modules.0.records.0.key");
});

test("what is no JSON is named", () => {
  expect(() => readManifest("{", "bundle/manifest.json")).toThrow(
    "bundle/manifest.json is not JSON; make the bundle again",
  );
});

describe("files", () => {
  const made = () => {
    const dir = aFolder({ "manifest.json": "{}", "modules/a/main.tf": "a", "charts/b.tgz": "b" });
    const files = Object.fromEntries(
      ["modules/a/main.tf", "charts/b.tgz"].map((file) => [file, sha256Of(path.join(dir, file))]),
    );
    return { dir, files };
  };

  test("as they were made pass", () => {
    const { dir, files } = made();
    expect(() => refuseOtherFiles(dir, { files })).not.toThrow();
  });

  test("one that changed, one that is gone, one that came, and a link in place of one are refused", () => {
    const changes: readonly (readonly [(dir: string) => void, string])[] = [
      [(dir) => fs.appendFileSync(path.join(dir, "modules/a/main.tf"), " "), "is not the file"],
      [(dir) => fs.rmSync(path.join(dir, "charts/b.tgz")), "is missing"],
      [(dir) => fs.writeFileSync(path.join(dir, "modules/a/more.tf"), ""), "does not belong to the bundle"],
      [
        (dir) => {
          fs.renameSync(path.join(dir, "modules/a/main.tf"), path.join(dir, "same"));
          fs.symlinkSync("../../same", path.join(dir, "modules/a/main.tf"));
        },
        "is not the file",
      ],
    ];
    for (const [change, said] of changes) {
      const { dir, files } = made();
      change(dir);
      expect(() => refuseOtherFiles(dir, { files })).toThrow(said);
    }
  });

  test.each(["modules", "more"])(
    "a link as the folder %s is refused: more may lie where it leads",
    (name) => {
      const { dir, files } = made();
      const elsewhere = aFolder({ "a/main.tf": "a", "a/more.tf": "more" });
      fs.rmSync(path.join(dir, name), { recursive: true, force: true });
      fs.symlinkSync(elsewhere, path.join(dir, name));
      expect(() => refuseOtherFiles(dir, { files })).toThrow(`${name} does not belong to the bundle`);
    },
  );

  test("links that lead out of a module, or nowhere, are found; those within it are its own", () => {
    const secret = path.join(aFolder({ credentials: "secret" }), "credentials");
    const dir = aFolder({ "main.tf": "a", "sub/main.tf": "b" });
    fs.symlinkSync("../main.tf", path.join(dir, "sub/within.tf"));
    fs.symlinkSync(secret, path.join(dir, "sub/out.tf"));
    fs.symlinkSync("nowhere", path.join(dir, "gone"));
    fs.symlinkSync(path.dirname(secret), path.join(dir, "folder"));
    expect(linksOut(dir)).toEqual(["folder", "gone", "sub/out.tf"]);
  });

  test("what is not looked at may differ", () => {
    const { dir, files } = made();
    fs.appendFileSync(path.join(dir, "charts/b.tgz"), "more");
    expect(() => refuseOtherFiles(dir, { files }, (file) => file.startsWith("modules/"))).not.toThrow();
  });
});
