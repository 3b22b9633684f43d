import { counted } from "../../text/counted";
import fs from "node:fs";
import path from "node:path";
import { gatewayApiFile } from "../../model/vendored-bundle";
import type { BundlePin } from "../../components/pin";
import { type ReleaseName, releaseNames } from "../../releases/names";
import { httpGet } from "../refresh/http";
import { namedRelease } from "../release-name";
import { UsageError } from "../report-error";
import { print, say } from "../terminal";
import { bundleUrl } from "../vendor/bundle-url";
import { bundleText, vendorGatewayApi } from "../vendor/gateway-api-bundle";
import { writeWhole } from "../write-whole";

const HTTP_TIMEOUT_SECONDS = 60;

interface Options {
  readonly release?: string;
  readonly bundle?: string;
  readonly from?: string;
  readonly sha256?: string;
}

export async function vendorBundle(options: Options): Promise<void> {
  const { version, digest } = bundlePin(options);
  const sha256 = (options.sha256 ?? digest?.sha256)?.toLowerCase();
  if (sha256 === undefined) {
    throw new UsageError(
      `no SHA-256 is recorded for Gateway API ${version}: the publisher's file was out of reach when the` +
        " release was made; check a copy yourself and give its digest with --sha256",
    );
  }
  if (!/^[0-9a-f]{64}$/.test(sha256))
    throw new UsageError(`--sha256 ${sha256} is not a SHA-256; write its 64 hexadecimal digits`);
  const from = options.from ?? bundleUrl(version);
  say(`reading ${from}`);
  const bundle = await vendorGatewayApi({ version, from, sha256 }, httpGet(HTTP_TIMEOUT_SECONDS));
  const file = gatewayApiFile(version);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  writeWhole(file, bundleText(bundle));
  print(`${file}: ${counted(bundle.objects.length, "object")} of Gateway API ${version}; commit it`);
}

/** The last of them, oldest first. */
const newestRelease = releaseNames[releaseNames.length - 1] as ReleaseName;

function bundlePin({ release, bundle }: Options): Pick<BundlePin, "version" | "digest"> {
  const pin = namedRelease(release ?? newestRelease).gatewayApi;
  if (bundle === undefined || bundle === pin.version) return pin;
  if (!/^v\d+\.\d+\.\d+$/.test(bundle))
    throw new UsageError(`--bundle ${bundle} is not a version; write for example v1.4.1`);
  return { version: bundle };
}
