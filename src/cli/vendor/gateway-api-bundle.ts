import { createHash } from "node:crypto";
import { parseAllDocuments } from "yaml";
import { type VendoredBundle, vendoredBundleSchema } from "../../model/vendored-bundle";
import { isFields } from "../fields";
import { bytesOfNamed } from "../named-path";
import type { HttpGet } from "../refresh/http";
import { CommandFailure } from "../report-error";
import { withoutDescriptions } from "./without-descriptions";

/** What the publisher writes into every definition. */
const VERSION_ANNOTATION = "gateway.networking.k8s.io/bundle-version";

export interface BundleRequest {
  readonly version: string;
  /** File, or `http(s)://` address. */
  readonly from: string;
  /** Expected SHA-256, 64 hex digits. */
  readonly sha256: string;
}

/**
 * Fetches a Gateway API release and makes of it what a project keeps.
 *
 * @throws CommandFailure where it can't be had, is another file than expected, or holds no such release
 */
export async function vendorGatewayApi(request: BundleRequest, get: HttpGet): Promise<VendoredBundle> {
  const { version, from } = request;
  const bytes = await bytesOf(from, get);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== request.sha256) {
    throw new CommandFailure(
      `${from} has the SHA-256 ${sha256}, not ${request.sha256}, so it is a different file; nothing was written`,
    );
  }
  const objects = objectsIn(bytes.toString("utf8"), from);
  const bundle = vendoredBundleSchema.safeParse({ version, source: from, sha256, objects });
  if (!bundle.success) throw new CommandFailure(`${from} contains something that is not a Kubernetes object`);
  const definitions = bundle.data.objects.filter(({ kind }) => kind === "CustomResourceDefinition");
  if (definitions.length === 0)
    throw new CommandFailure(
      `${from} contains no CustomResourceDefinition; give the release's install manifest`,
    );
  for (const { metadata } of definitions) {
    const said = metadata.annotations?.[VERSION_ANNOTATION];
    if (said !== version)
      throw new CommandFailure(
        `${from}: ${metadata.name} names ${said ?? "no release"} as its own, not Gateway API ${version}`,
      );
  }
  return bundle.data;
}

/** The file's text: one object a line, so that an upgrade's difference can be read. */
export function bundleText({ objects, ...facts }: VendoredBundle): string {
  const head = Object.entries(facts).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},`,
  );
  const lines = objects.map((object) => `    ${JSON.stringify(object)}`).join(",\n");
  return `{\n${head.join("\n")}\n  "objects": [\n${lines}\n  ]\n}\n`;
}

async function bytesOf(from: string, get: HttpGet): Promise<Buffer> {
  if (!/^https?:\/\//.test(from)) return bytesOfNamed(from);
  const answer = await get(from);
  if ("failure" in answer)
    throw new CommandFailure(
      `${from}: ${answer.failure}; fetch it where it can be reached, and give the file with --from`,
    );
  if (!answer.response.ok) throw new CommandFailure(`${from}: HTTP ${answer.response.status}`);
  return Buffer.from(await answer.response.arrayBuffer());
}

function objectsIn(text: string, from: string): unknown[] {
  const documents = [...parseAllDocuments(text)];
  const broken = documents.flatMap(({ errors }) => errors)[0];
  if (broken) throw new CommandFailure(`${from}: ${broken.message.split("\n")[0] ?? ""}`);
  return documents
    .map((document): unknown => document.toJS())
    .filter((value) => value !== null)
    .map((value) => (isFields(value) ? withoutDescriptions(value) : value));
}
