/** What a NodePool takes where its config says nothing. */
export const poolDefaults = { categories: ["m", "c", "r"], minGeneration: 6, minVcpus: 2 } as const;
