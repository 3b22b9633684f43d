import { Command, Option } from "commander";
import { copyTools } from "../render/copy-images";
import { lazily } from "./lazily";
import { outFolder } from "./out-folder";

export function renderCommand(): Command {
  return new Command("render")
    .description(
      "write the manifests of every Helm release of a target, as helm template renders them (docs/render.md).\n" +
        "Exit code 1 if a release could not be rendered, two releases make the same object, or a container requests no CPU or memory",
    )
    .argument("<target>", "for example prod/us-east-1")
    .option("--charts <dir>", "folder of charts, instead of their repositories")
    .option(
      "--out <dir>",
      "output folder; the target's part of it is made anew",
      outFolder,
      "cdktf.out.rendered",
    )
    .option("--json", "what was written and how, as JSON")
    .action(lazily(async () => (await import("../commands/render")).render));
}

export function imagesCommand(): Command {
  return new Command("images")
    .description(
      "list every image of a target's Helm releases with its mirror name, from the rendered charts (docs/render.md).\n" +
        "Exit code 1 if the images of a release are unknown",
    )
    .argument("<target>", "for example prod/us-east-1")
    .option("--charts <dir>", "folder of charts, instead of their repositories")
    .option("--json", "as JSON")
    .addOption(
      new Option("--copy <tool>", "a shell script that fills images.mirror")
        .choices([...copyTools])
        .conflicts("json"),
    )
    .action(lazily(async () => (await import("../commands/images")).images));
}
