import type { CiOptions } from "./job";

/** The Terraform that the samples are tested with. */
export const TERRAFORM_VERSION = "1.11.4";

/** Node.js of machines that are anybody's: the line in long-term support until April 2028. */
export const NODE_VERSION = 24;

/** Of all jobs. What an install lacks npx would fetch from the registry, under whatever name somebody published it: not here. */
export const variables = ({ envs }: CiOptions) => ({
  OCTARINE_ENVS: envs,
  CHECKPOINT_DISABLE: "1",
  npm_config_yes: "false",
});
