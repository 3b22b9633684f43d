export type Fields = Readonly<Record<string, unknown>>;

export const NAMESPACES = ["shop", "bank", "open"] as const;
export const NAMES = ["api.example.com", "a.b.example.com", "pay.test", "db.pay.test", "other.org"] as const;
