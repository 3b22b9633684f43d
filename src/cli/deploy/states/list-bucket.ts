import type { Target } from "../../../model/target";
import { stateLocation, stateOfKey } from "../../../model/stacks/state-location";
import { isFields } from "../../fields";
import { type AwsCli, awsCli } from "../../refresh/aws-cli";
import type { StateOf } from "./read-state";

/** States that a bucket holds, emptied ones too, or why they are not known. */
export type Listing = { readonly states: readonly StateOf[] } | { readonly failure: string };

/** Lists the bucket of a target's environment. */
export type StateLister = (target: Target) => Promise<Listing>;

/** Seconds. */
const TIMEOUT = 20;

/** The aws CLI in a region, with credentials of its own or the caller's. */
export type AwsCliIn = (region: string, credentials?: Readonly<Record<string, string>>) => AwsCli;

/**
 * Lists by the aws CLI, which every run has anyway: Terraform gets its tokens for the Kubernetes API by it. The deploy role is
 * assumed as the backend does, which the caller may have to do to see the bucket at all.
 */
export function bucketLister(
  aws: AwsCliIn = (region, credentials) => awsCli(region, TIMEOUT, "aws", credentials),
): StateLister {
  return async (target) => {
    const { bucket, region, roleArn, workspaceKeyPrefix } = stateLocation(target, "network");
    const assumed = await aws(region)([
      ...["sts", "assume-role", "--role-arn", roleArn],
      ...["--role-session-name", "octarine"],
    ]);
    if ("failure" in assumed) return assumed;
    const credentials = credentialsIn(assumed.output);
    if (credentials === undefined) return { failure: "aws sts assume-role: no credentials in its answer" };
    // The CLI follows the pages of a long listing by itself.
    const listed = await aws(
      region,
      credentials,
    )(["s3api", "list-objects-v2", "--bucket", bucket, "--prefix", `${workspaceKeyPrefix}/`]);
    if ("failure" in listed) {
      // An environment that was never bootstrapped has no state.
      return listed.failure.includes("NoSuchBucket") ? { states: [] } : listed;
    }
    const contents = isFields(listed.output) ? listed.output.Contents : undefined;
    const keys = (Array.isArray(contents) ? contents : []).map((each: unknown) =>
      isFields(each) ? String(each.Key) : "",
    );
    return { states: keys.flatMap((key) => stateOfKey(key) ?? []) };
  };
}

/** Asks once for targets that share a bucket. */
export function oncePerBucket(list: StateLister): StateLister {
  const asked = new Map<string, Promise<Listing>>();
  return (target) => {
    const known = asked.get(target.stateBucket) ?? list(target);
    asked.set(target.stateBucket, known);
    return known;
  };
}

function credentialsIn(output: unknown): Record<string, string> | undefined {
  const given = isFields(output) ? output.Credentials : undefined;
  if (!isFields(given)) return undefined;
  const { AccessKeyId: id, SecretAccessKey: secret, SessionToken: token } = given;
  if (typeof id !== "string" || typeof secret !== "string" || typeof token !== "string") return undefined;
  return { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token };
}
