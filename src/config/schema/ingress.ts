import { z } from "zod";
import { loadBalancers } from "../../components/aws-load-balancer-controller/settings";
import { certificates } from "../../components/cert-manager/settings";
import { dns } from "../../components/external-dns/settings";
import { nginx } from "../../components/ingress-nginx/settings";

export const ingressSchema = z
  .strictObject({ loadBalancers, dns, certificates, nginx })
  .optional()
  .describe("How traffic gets into the cluster. Default: not at all.");

export type IngressConfig = NonNullable<z.output<typeof ingressSchema>>;
export type DnsZones = NonNullable<IngressConfig["dns"]>["zones"];
