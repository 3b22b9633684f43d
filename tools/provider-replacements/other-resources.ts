/** Resources that no stack here makes and that a plan may hold: the package and the function, as in provider-calls. */
export const otherResources: Readonly<Record<string, string>> = {
  aws_acm_certificate: "acm.resourceCertificate",
  aws_autoscaling_group: "autoscaling.resourceGroup",
  aws_backup_vault: "backup.resourceVault",
  aws_db_instance: "rds.resourceInstance",
  aws_dynamodb_table: "dynamodb.resourceTable",
  aws_ebs_volume: "ec2.resourceEBSVolume",
  aws_ecr_repository: "ecr.resourceRepository",
  aws_efs_file_system: "efs.resourceFileSystem",
  aws_efs_mount_target: "efs.resourceMountTarget",
  aws_eks_fargate_profile: "eks.resourceFargateProfile",
  aws_eks_identity_provider_config: "eks.resourceIdentityProviderConfig",
  aws_elasticache_replication_group: "elasticache.resourceReplicationGroup",
  aws_rds_cluster: "rds.resourceCluster",
};
