/** What a pull from a public registry calls, beside the registry itself. */
export interface ImageRegistry {
  /** Domains that a list of admitted ones has to hold; with a dot in front: all below it. */
  readonly domains: readonly string[];
  /** Bucket of S3 that layers come from for clients in a region; undefined where they come from elsewhere. */
  readonly bucket?: (clientRegion: string) => LayerBucket | undefined;
  /** Domains besides, for layers that clients in a region get from elsewhere than a bucket of that region. */
  readonly layerDomains?: (clientRegion: string) => readonly string[];
  readonly source: string;
}

export interface LayerBucket {
  readonly name: string;
  readonly region: string;
}

/** Regions whose layers lie in another one's bucket. */
const KUBERNETES_ELSEWHERE: Readonly<Record<string, string>> = {
  "ap-east-2": "ap-east-1",
  "me-south-1": "me-central-1",
};

/** A bucket whose name is not made as the others' are. */
const KUBERNETES_OTHER_NAMES: Readonly<Record<string, string>> = {
  "eu-west-2": "767373bbdcb8270361b96548387bf2a9ad0d48758c35-eu-west-2",
};

/** GovCloud is not among the regions that the registry knows: it answers as to everybody outside AWS. */
function kubernetesBucket(clientRegion: string): LayerBucket | undefined {
  if (clientRegion.startsWith("us-gov-")) return undefined;
  const region = KUBERNETES_ELSEWHERE[clientRegion] ?? clientRegion;
  return { name: KUBERNETES_OTHER_NAMES[region] ?? `prod-registry-k8s-io-${region}`, region };
}

/** Host in front of the buckets for clients whose region the registry does not know (cmd/archeio/main.go, DefaultAWSBaseURL). */
const KUBERNETES_CDN = "d1be1w964nk82h.cloudfront.net";

/** The S3 endpoint in a client's own region leads to none of these. */
function kubernetesLayerDomains(clientRegion: string): string[] {
  const bucket = kubernetesBucket(clientRegion);
  if (bucket === undefined) return [KUBERNETES_CDN];
  const { name, region } = bucket;
  return region === clientRegion ? [] : [`${name}.s3.dualstack.${region}.amazonaws.com`];
}

/** Registries that the platform's images come from, where no mirror is in front. */
export const imageRegistries = {
  "quay.io": {
    domains: [".quay.io"],
    // Elsewhere from cdn<n>.quay.io.
    bucket: (region) => (region === "us-east-1" ? { name: "quayio-production-s3", region } : undefined),
    source:
      'Red Hat, "Firewall changes for container image pulls" (quay.io); OpenShift documentation, "Configuring your firewall" (quayio-production-s3)',
  },
  "registry.k8s.io": {
    // Manifests, and layers that no bucket has.
    domains: ["registry.k8s.io", ".pkg.dev"],
    bucket: kubernetesBucket,
    layerDomains: kubernetesLayerDomains,
    source:
      "kubernetes/registry.k8s.io@093d55a: cmd/archeio/main.go, cmd/archeio/internal/app/buckets.go and handlers.go",
  },
  "docker.io": {
    domains: [
      ".docker.io",
      ".docker.com",
      "docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com",
    ],
    source: 'Docker documentation, "Allowlist for Docker Desktop"',
  },
  "ghcr.io": {
    domains: ["ghcr.io", "pkg-containers.githubusercontent.com"],
    source: 'GitHub documentation, "Communication requirements for self-hosted runners"',
  },
  "public.ecr.aws": {
    // Its layers come from CloudFront, and the distribution's name is promised nowhere.
    domains: ["public.ecr.aws", ".cloudfront.net"],
    source: 'EKS Anywhere documentation, "Requirements" (d2glxqk2uabbnd and d5l0dvt14r5h8.cloudfront.net)',
  },
  "ecr-public.aws.com": {
    domains: ["ecr-public.aws.com", ".cloudfront.net"],
    source:
      'Amazon ECR Public User Guide, "Amazon ECR Public registries": dual-stack endpoint of public.ecr.aws',
  },
  "cgr.dev": {
    domains: ["cgr.dev", ".r2.cloudflarestorage.com"],
    source: 'Chainguard documentation, "Network requirements"',
  },
} as const satisfies Readonly<Record<string, ImageRegistry>>;

export type ImageRegistryHost = keyof typeof imageRegistries;

/** Buckets of S3 in a region itself from which clients there get layers of public registries. */
export function layerBuckets(clientRegion: string): string[] {
  const all: readonly ImageRegistry[] = Object.values(imageRegistries);
  return all.flatMap(({ bucket }) => {
    const found = bucket?.(clientRegion);
    return found?.region === clientRegion ? [found.name] : [];
  });
}
