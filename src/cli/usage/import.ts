import { Command, Option } from "commander";
import { account } from "./init";
import { lazily } from "./lazily";

export function importCommand(): Command {
  return new Command("import")
    .description("make a target of what another tool has, and say each point where it differs")
    .addCommand(eksctlCommand())
    .addCommand(terraformCommand())
    .addCommand(clusterCommand());
}

function eksctlCommand(): Command {
  return withResult(
    new Command("eksctl")
      .description("of a ClusterConfig of eksctl, which is only read")
      .argument("<file>", "its YAML file")
      .requiredOption("--environment <name>", "environment of the target; its region is the cluster's")
      .addOption(
        new Option("--account <id>", "AWS account, 12 digits").argParser(account).makeOptionMandatory(),
      ),
  ).action(lazily(async () => (await import("../commands/import")).importEksctl));
}

function terraformCommand(): Command {
  return withResult(
    withVpc(
      new Command("terraform-plan")
        .description("of a project with the public VPC and EKS modules or bare resources, which is only read")
        .argument("<file>", "what terraform show -json prints of a plan or of a state, or a state file")
        .requiredOption("--environment <name>", "environment of the target; its region is the cluster's"),
    )
      .addOption(
        new Option(
          "--account <id>",
          "AWS account, 12 digits (default: that of the ARNs in the file)",
        ).argParser(account),
      )
      .option("--region <name>", "AWS region (default: what the file says)")
      .option("--cluster <name>", "name of the cluster, where the file has several"),
  ).action(lazily(async () => (await import("../commands/import")).importTerraformPlan));
}

function clusterCommand(): Command {
  return withResult(
    withVpc(
      new Command("cluster")
        .description("of a running cluster of EKS, by what aws and kubectl answer; nothing is changed")
        .argument("<name>", "name of the cluster")
        .requiredOption("--region <name>", "AWS region")
        .requiredOption("--environment <name>", "environment of the target"),
    )
      .addOption(
        new Option("--account <id>", "AWS account, 12 digits (default: the cluster's)").argParser(account),
      )
      .option("--profile <name>", "profile of the AWS CLI")
      .option("--kubeconfig <file>", "also ask the cluster: charts, IRSA, Cilium, aws-auth")
      .option("--context <name>", "a context of it, or of your usual kubeconfig")
      .option("--collect <dir>", "write every answer into a folder, without secrets")
      .addOption(
        new Option(
          "--from <dir>",
          "read answers from such a folder, or from one collected by hand",
        ).conflicts(["collect", "kubeconfig", "context", "profile"]),
      ),
  ).action(lazily(async () => (await import("../commands/import")).importCluster));
}

function withVpc(command: Command): Command {
  return command.option(
    "--keep-vpc",
    "be in the VPC that is there, with its subnets (default: a VPC of its own with the same range)",
  );
}

function withResult(command: Command): Command {
  return command
    .option(
      "--ipv6-approved-by <who>",
      "who approved IPv6, where the cluster has it (default: it becomes IPv4)",
    )
    .option("--print", "print the target's file, and write nothing")
    .option("--json", "print what differs, and the files, as JSON");
}
