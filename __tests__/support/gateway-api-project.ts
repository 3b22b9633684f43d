import fs from "node:fs";
import path from "node:path";
import { httpGet } from "../../src/cli/refresh/http";
import { bundleText, vendorGatewayApi } from "../../src/cli/vendor/gateway-api-bundle";
import { gatewayApiFile } from "../../src/model/vendored-bundle";
import { sha256, smallBundle } from "../cli/vendor/small-bundle";
import { aFolder } from "./fixtures";

/**
 * Runs the tests of a file in a project that has vendored the Gateway API, which users do themselves: two definitions
 * are enough. Its folder is the result.
 */
export function inGatewayApiProject(): string {
  const here = process.cwd();
  const project = aFolder({ "install.yaml": smallBundle() });
  beforeAll(async () => {
    const from = path.join(project, "install.yaml");
    const request = { version: "v1.4.1", from, sha256: sha256(smallBundle()) };
    const file = path.join(project, gatewayApiFile("v1.4.1"));
    fs.mkdirSync(path.dirname(file));
    fs.writeFileSync(file, bundleText(await vendorGatewayApi(request, httpGet(1))));
    process.chdir(project);
  });
  afterAll(() => process.chdir(here));
  return project;
}
