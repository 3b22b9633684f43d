import { z } from "zod";
import { type AwsQuota, type AwsQuotaName, awsQuotas, loadBalancerAddresses } from "../../facts/aws-quotas";

const whole = z.number().int().min(0);

const allowance = z.union(
  [
    z.strictObject({ nodesPerZone: whole.describe("Number of nodes in each zone.") }),
    z.strictObject({ percent: whole.describe("Nodes in percent of the steady ones.") }),
  ],
  "must be { nodesPerZone: 10 } or { percent: 30 }",
);

const quota = (name: AwsQuotaName) => {
  const { name: what, scope, code, default: count }: AwsQuota = awsQuotas[name];
  const of = `${what} for each ${scope === "vpc" ? "VPC" : scope.replace("-", " ")}${code === undefined ? "" : ` (${code})`}`;
  return whole
    .optional()
    .describe(`Number of ${of} that the account may have. Default: ${count}, AWS's own.`);
};

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
          .describe("Number of nodes in each zone on a normal day. Default: the node groups' desired sizes."),
        podsPerNode: z
          .number()
          .int()
          .min(1)
          .max(250)
          .optional()
          .describe(
            "Number of pods with an address of their own on each node. Default: as many as kubelet takes.",
          ),
      })
      .prefault({})
      .describe("What runs on a normal day."),
    surge: allowance
      .optional()
      .describe(
        "Nodes in addition to the others during an upgrade. Default: what an update of the node groups starts.",
      ),
    burst: allowance
      .optional()
      .describe(
        "Nodes in addition to the others at peak load. Default: up to the node groups' maximum; none where steady.nodesPerZone is given.",
      ),
    infrastructureAddresses: whole
      .optional()
      .describe(
        "Number of addresses of databases, resolvers and the like in each zone's node subnet, without endpoints and load balancers. Default: 0.",
      ),
    loadBalancers: z
      .strictObject({
        internal: whole
          .optional()
          .describe(
            "Number of load balancers in the node subnets. Default: 1, or as many as internal ingress gateways of the mesh.",
          ),
        public: whole
          .optional()
          .describe(
            "Number of load balancers in the public subnets. Default: 1 where there are such subnets, or as many as public ingress gateways of the mesh, else 0.",
          ),
        addressesEach: z
          .number()
          .int()
          .min(1)
          .optional()
          .describe(
            `Number of addresses that each takes in every subnet. Default: the ${loadBalancerAddresses.freePerSubnet} free ones that AWS asks for; a load balancer takes more while it scales.`,
          ),
      })
      .prefault({})
      .describe("Load balancers to keep room for."),
    growth: z
      .strictObject({
        percent: whole.optional().describe("Room to keep, in percent of the whole need. Default: none."),
        perMonthPercent: z
          .number()
          .min(0)
          .optional()
          .describe(
            "Growth of the use each month, in percent; it gives the days until addresses run out. Default: none, and so no such figure.",
          ),
      })
      .prefault({})
      .describe("Growth to keep room for."),
    survive: z
      .strictObject({
        zonesLost: whole
          .optional()
          .describe(
            "Number of zones whose nodes must find addresses in the others. Default: 1 in production, else 0.",
          ),
      })
      .prefault({})
      .describe("Zone outages after which all nodes still find addresses."),
    quotas: z
      .strictObject(quotas)
      .prefault({})
      .describe("Quotas that the account has. Those left out are compared with AWS's defaults."),
  })
  .prefault({})
  .describe("What the network must hold, for each zone. A target that does not fit is refused.");

export type CapacityConfig = z.output<typeof capacitySchema>;
