/** The Terraform that the samples are tested with. */
export const TERRAFORM_VERSION = "1.11.4";

/** Node.js of machines that are anybody's: the line in long-term support until April 2028. */
export const NODE_VERSION = 24;
