import type { Construct } from "constructs";
import { GenericResource, ManifestRelease } from "octarine/modules";
import { InClusterStack, type OutputContract, type PlatformStackProps, publish, text } from "octarine/stacks";

/** What others may read of it, like what every stack of the platform publishes. */
export const noticesContract = {
  queue_arn: text("Queue that takes what pods have to tell"),
} as const satisfies OutputContract;

/** A queue, and its ARN where pods find it. */
export class NoticesStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "notices", props);

    const queue = new GenericResource(this, "queue", {
      type: "aws_sqs_queue",
      attributes: { name: `${this.target.clusterName}-notices`, sqs_managed_sse_enabled: true },
    });
    const queueArn = queue.getStringAttribute("arn");

    new ManifestRelease(this, "address", {
      namespace: "kube-system",
      manifests: {
        queue: {
          apiVersion: "v1",
          kind: "ConfigMap",
          metadata: { name: "notices" },
          // What the cluster stack publishes, read from its state.
          data: { queueArn, cluster: this.cluster.name },
        },
      },
    });

    publish(this, noticesContract, { queue_arn: queueArn });
  }
}
