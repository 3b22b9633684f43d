import { z } from "zod";

/** `module.vpc.aws_subnet.private[0]`, `aws_route_table.network_routes["a"]`: a managed resource's instance, as a plan names it. */
const ADDRESS =
  /^(?:module\.[A-Za-z_][\w-]*(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?\.)*(?!data\.|module\.)[a-z][a-z0-9_]*\.[A-Za-z_][\w-]*(?:\[(?:\d+|"(?:[^"\\]|\\.)*")\])?$/;

/** Terraform reads texts as templates: an id is none. */
const plain = (text: string) => !/[$%]\{/.test(text);

const address = z
  .string()
  .regex(ADDRESS, { error: "must be the address of a resource, such as module.vpc.aws_vpc.this[0]" })
  .refine(plain, { error: "must not hold a template (${ or %{)" });

const stackAdoption = z.strictObject({
  imports: z
    .record(address, z.string().min(1).refine(plain, { error: "must not hold a template (${ or %{)" }))
    .default({})
    .describe("By the address that the stack has for it: the id of what exists, as Terraform imports it."),
  changes: z
    .record(address, z.array(z.string().min(1)).min(1))
    .default({})
    .describe("By address: attributes that the first plan may change. tags stands for tags_all, too."),
  creates: z.array(address).default([]).describe("Addresses that the first plan may create."),
  replaces: z
    .array(address)
    .default([])
    .describe("Addresses that the first plan may delete or replace: what exists there is lost."),
});

/** What a target takes over, by stack; `envs/<environment>/<region>.adopt.yaml`. */
export const adoptions = z.record(z.string(), stackAdoption);

/** What exists and a stack takes over, and what its first plan may do besides. */
export type Adoption = z.output<typeof stackAdoption>;
export type Adoptions = Readonly<Record<string, Adoption>>;
