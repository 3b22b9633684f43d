import { Command, Option } from "commander";
import { lazily } from "./lazily";
import { portNumber } from "./port-number";
import { withForms } from "./shared-options";

/** What says which API server is meant, and who calls it. */
export function withConnection(command: Command): Command {
  return command
    .option("--kubeconfig <file>", "a kubeconfig of your own in place of one made for the target")
    .option("--context <name>", "a context of it, or of your usual kubeconfig")
    .option("--as <entry>", "take the role of an entry of cluster.access, or of deploy")
    .option("--profile <name>", "profile of the AWS CLI");
}

export function kubeconfigCommand(): Command {
  return new Command("kubeconfig")
    .description("print a kubeconfig for a target, with tokens made by the AWS CLI")
    .argument("<target>", "for example prod/us-east-1")
    .option("--as <entry>", "take the role of an entry of cluster.access, or of deploy")
    .option("--profile <name>", "profile of the AWS CLI, also whenever a token is made")
    .addOption(new Option("-o, --out <file>", "write it to a file").conflicts("merge"))
    .option("--merge [file]", "add it to a kubeconfig (default: that of KUBECONFIG, or ~/.kube/config)")
    .action(lazily(async () => (await import("../commands/kubeconfig")).kubeconfig));
}

export function openCommand(): Command {
  return withConnection(
    new Command("open")
      .description("open a page of the platform in the browser, by a port of this machine")
      .argument("<target>", "for example prod/us-east-1")
      .argument("<page>", "hubble, argocd, grafana or prometheus, for example hubble"),
  )
    .option("--port <number>", "port of this machine", portNumber)
    .option("--print", "only show the commands")
    .action(lazily(async () => (await import("../commands/open")).open));
}

export function verifyCommand(): Command {
  return withForms(
    withConnection(
      new Command("verify")
        .description("ask a running cluster and its account whether they are as the configuration says")
        .argument("<target>", "for example prod/us-east-1"),
    )
      .option("--only <ids...>", "only these checks, for example NODES-READY")
      .option("--list", "list the checks that apply to the target, and ask nothing")
      .option("--traffic", "also try real traffic, from short-lived pods that are taken away again")
      .option("--image <image>", "image of those pods, with sh, nc and nslookup")
      .option("--throughput [gbits]", "also send between pods of two nodes, and expect so many Gbit/s (1)")
      .option("--cilium-connectivity", "also run Cilium's own connectivity test, by its command line")
      .option(
        "--restore <namespace>",
        "also restore a namespace of the newest backup where nothing of it starts",
      )
      .option("--drift", "also plan every stack, and expect no change")
      .option("--evidence <dir>", "write every answer into a folder, without secrets")
      .addOption(
        new Option(
          "--from <dir>",
          "read answers from such a folder, or from one collected by hand",
        ).conflicts(["evidence", "kubeconfig", "context", "as", "profile"]),
      )
      .option("--junit <file>", "write JUnit XML as well")
      .option("--markdown <file>", "write Markdown as well"),
    ["text", "json", "markdown"],
    "the result",
  ).action(lazily(async () => (await import("../commands/verify")).verify));
}
