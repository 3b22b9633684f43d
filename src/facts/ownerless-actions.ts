/**
 * Calls whose requests never carry aws:ResourceAccount, aws:ResourceOrgID and aws:ResourceOrgPaths: no statement that
 * asks for one of them admits these. By IAM's service prefix; `*` stands for all actions of the service.
 *
 * Source: IAM User Guide, "AWS global condition context keys", aws:ResourceAccount: the edition of 2023
 * (awsdocs/iam-user-guide) and the present one together, which differ in what they list of EC2.
 */
export const ownerlessActions: Readonly<Record<string, readonly string[]>> = {
  auditmanager: ["UpdateAssessmentFrameworkShare"],
  detective: ["AcceptInvitation"],
  ds: ["AcceptSharedDirectory"],
  ebs: ["*"],
  ec2: [
    "AcceptTransitGatewayPeeringAttachment",
    "AcceptVpcEndpointConnections",
    "AcceptVpcPeeringConnection",
    "CopyFpgaImage",
    "CopyImage",
    "CopySnapshot",
    "CreateTransitGatewayPeeringAttachment",
    "CreateVolume",
    "CreateVpcEndpoint",
    "CreateVpcPeeringConnection",
    "DeleteTransitGatewayPeeringAttachment",
    "DeleteVpcPeeringConnection",
    "RejectTransitGatewayPeeringAttachment",
    "RejectVpcEndpointConnections",
    "RejectVpcPeeringConnection",
  ],
  es: ["AcceptInboundConnection"],
  events: ["*"],
  guardduty: ["AcceptAdministratorInvitation"],
  macie2: ["AcceptInvitation"],
  route53: [
    "AssociateVPCWithHostedZone",
    "CreateVPCAssociationAuthorization",
    "DeleteVPCAssociationAuthorization",
    "DisassociateVPCFromHostedZone",
    "ListHostedZonesByVPC",
  ],
  securityhub: ["AcceptAdministratorInvitation"],
  workspaces: ["CopyWorkspaceImage", "DescribeWorkspaceImages"],
};
