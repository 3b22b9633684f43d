import { type ITerraformDependable, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

export interface MadeOfProps {
  /** Key of the group in the config. */
  readonly group: string;
  /** AMI type of EKS: family, architecture and drivers. */
  readonly image: string;
  /** The group itself: of one that could not be made nothing is kept. */
  readonly dependsOn: ITerraformDependable[];
}

/**
 * What one generation of a group was made of, kept in the state as it was then. EKS changes no group's AMI type, so Terraform
 * would make another group and remove the old one at once: that is asked for by a higher generation, which has a record of
 * its own, or done by hand with a second group.
 */
export class MadeOf extends TerraformResource {
  constructor(scope: Construct, id: string, { group, image, dependsOn }: MadeOfProps) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      dependsOn,
      lifecycle: {
        ignoreChanges: ["input"],
        postcondition: [
          {
            condition: `\${self.input == "${image}"}`,
            errorMessage: `Nodes of the group ${group} run \${self.input}, and the config asks for ${image}: EKS makes another group for that, drains every node of the old one at once, and waits five minutes at most for it. Node by node: add a second group to nodes, deploy, move the pods (kubectl drain), then take ${group} out. In one go: write a higher nodes.${group}.generation (docs/changes.md).`,
          },
        ],
      },
    });
    this.addOverride("input", image);
  }
}
