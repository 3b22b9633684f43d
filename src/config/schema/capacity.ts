import { z } from "zod";
import { type AwsQuotaName, awsQuotas, loadBalancerAddresses } from "../../facts/aws-quotas";

const whole = z.number().int().min(0);

const allowance = z.union(
  [
    z.strictObject({ nodesPerZone: whole.describe("So many nodes in each zone.") }),
    z.strictObject({ percent: whole.describe("Percent of the steady nodes.") }),
  ],
  "is neither { nodesPerZone: 10 } nor { percent: 30 }; write one of them",
);

const quota = (name: AwsQuotaName) =>
  whole.optional().describe(`${awsQuotas[name].name}, ${awsQuotas[name].default} by default.`);

const quotas = {
  networkInterfaces: quota("networkInterfaces"),
  elasticIps: quota("elasticIps"),
  natGateways: quota("natGateways"),
  routes: quota("routes"),
  securityGroupRules: quota("securityGroupRules"),
  securityGroupsPerInterface: quota("securityGroupsPerInterface"),
  cidrBlocks: quota("cidrBlocks"),
  subnets: quota("subnets"),
  networkAddressUsage: quota("networkAddressUsage"),
  vcpusOnDemand: quota("vcpusOnDemand"),
  vcpusSpot: quota("vcpusSpot"),
} satisfies Readonly<Record<AwsQuotaName, z.ZodType>>;

export const capacitySchema = z
  .strictObject({
    steady: z
      .strictObject({
        nodesPerZone: whole
          .optional()
          .describe("Nodes in each zone on a normal day. Default: the node groups' desired sizes."),
        podsPerNode: z
          .number()
          .int()
          .min(1)
          .max(250)
          .optional()
          .describe("Pods with an address of their own on each node. Default: as many as kubelet takes."),
      })
      .prefault({})
      .describe("What runs on a normal day."),
    surge: allowance
      .optional()
      .describe(
        "Nodes beside the others during an upgrade. Default: what an update of the node groups starts.",
      ),
    burst: allowance
      .optional()
      .describe(
        "Nodes beside the others at peak load. Default: up to the node groups' maximum; none where steady.nodesPerZone is given.",
      ),
    infrastructureAddresses: whole
      .optional()
      .describe(
        "Addresses of databases, resolvers and the like in each zone's node subnet, without endpoints and load balancers.",
      ),
    loadBalancers: z
      .strictObject({
        internal: whole.optional().describe("In the node subnets. Default: 1."),
        public: whole.optional().describe("In the public subnets. Default: 1 where there are any."),
        addressesEach: z
          .number()
          .int()
          .min(1)
          .optional()
          .describe(
            `Addresses that each takes of every subnet. Default: the ${loadBalancerAddresses.freePerSubnet} free ones that AWS asks for; it takes more while it scales.`,
          ),
      })
      .prefault({})
      .describe("Load balancers to keep room for."),
    growth: z
      .strictObject({
        percent: whole.optional().describe("Room to keep, in percent of the whole need."),
        perMonthPercent: z
          .number()
          .min(0)
          .optional()
          .describe("Growth of the use each month; gives the days until addresses run out."),
      })
      .prefault({})
      .describe("Growth to keep room for."),
    survive: z
      .strictObject({
        zonesLost: whole
          .optional()
          .describe("Zones whose nodes must find addresses in the others. Default: 1 in production, else 0."),
      })
      .prefault({})
      .describe("Outages to survive."),
    quotas: z
      .strictObject(quotas)
      .prefault({})
      .describe("Quotas that the account has. Those left out are compared with AWS's defaults."),
  })
  .prefault({})
  .describe("What the network must hold, for each zone. A target that does not fit is refused.");

export type CapacityConfig = z.output<typeof capacitySchema>;
