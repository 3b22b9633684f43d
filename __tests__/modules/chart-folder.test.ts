import fs from "node:fs";
import { AssetType, TerraformAsset, TerraformStack, Testing } from "cdktf";
import { chartHash } from "../../src/modules/chart-folder";
import { aFolder } from "../support/fixtures";

const files = {
  "Chart.yaml": "name: a",
  "templates/b.yaml": "b",
  "templates/a.yaml": "a",
  "values.yaml": "{}",
};

test("a chart's hash is the one that cdktf makes of it where folders are listed in order", () => {
  const path = aFolder(files);
  const stack = new TerraformStack(Testing.app(), "stack");
  const asset = new TerraformAsset(stack, "chart", { path, type: AssetType.DIRECTORY });

  expect(chartHash(path)).toBe(asset.assetHash);
});

test("a chart's hash is the same in whatever order folders are listed, and another with another content", () => {
  const inOrder = chartHash(aFolder(files));
  const { readdirSync } = fs;
  const spy = jest
    .spyOn(fs, "readdirSync")
    .mockImplementation(((folder: string) => readdirSync(folder).reverse()) as typeof readdirSync);
  const inAnother = chartHash(aFolder(files));
  spy.mockRestore();

  expect(inAnother).toBe(inOrder);
  expect(chartHash(aFolder({ ...files, "values.yaml": "{ }" }))).not.toBe(inOrder);
});
