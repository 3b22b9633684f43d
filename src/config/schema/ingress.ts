import { z } from "zod";
import { keysOf } from "../../components/settings";

export const ingressSchema = z
  .strictObject(keysOf.ingress)
  .optional()
  .describe("How traffic gets into the cluster. Default: not at all.");

export type IngressConfig = NonNullable<z.output<typeof ingressSchema>>;
export type DnsZones = NonNullable<IngressConfig["dns"]>["zones"];
