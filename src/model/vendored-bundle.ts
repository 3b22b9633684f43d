import { z } from "zod";
import { readJsonFile } from "../config/read/json-file";

const kubernetesObject = z
  .object({
    apiVersion: z.string(),
    kind: z.string(),
    metadata: z
      .object({
        name: z.string(),
        namespace: z.string().optional(),
        labels: z.record(z.string(), z.string()).optional(),
        annotations: z.record(z.string(), z.string()).optional(),
      })
      .catchall(z.json()),
  })
  .catchall(z.json())
  // Generated definitions carry an empty status with nulls in it. It is the API server's to write, and never applied.
  .transform(({ status: _, ...object }) => object);

export const vendoredBundleSchema = z.strictObject({
  /** Version of the Gateway API release, such as `v1.4.1`. */
  version: z.string(),
  /** File or address that it was made of. */
  source: z.string(),
  /** SHA-256 of what lay there. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** The objects, without descriptions. */
  objects: z.array(kubernetesObject).min(1),
});

export type KubernetesObject = z.output<typeof kubernetesObject>;
export type VendoredBundle = z.output<typeof vendoredBundleSchema>;

/** Where a project keeps a Gateway API release, relative to the folder that `octarine` runs in. */
export function gatewayApiFile(version: string): string {
  return `vendor/gateway-api-${version}.json`;
}

/** The vendored release, or what is wrong with its file. */
export function readGatewayApi(version: string): VendoredBundle | { readonly problem: string } {
  const file = gatewayApiFile(version);
  const found = readJsonFile(file);
  if (found.kind === "none") return { problem: `needs ${file}, which does not exist` };
  if (found.kind === "unreadable") return { problem: `needs ${file}, which can't be read (${found.why})` };
  const read = vendoredBundleSchema.safeParse(found.kind === "read" ? found.json : undefined);
  if (!read.success) return { problem: `needs ${file}, which is not a vendored bundle` };
  if (read.data.version !== version)
    return { problem: `needs ${file}, which holds version ${read.data.version}` };
  return read.data;
}
