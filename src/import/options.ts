export interface ImportOptions {
  /** Whether the target is production's, where one NAT gateway is not enough. */
  readonly production: boolean;
  /** AWS account, 12 digits. */
  readonly account: string;
  /** Who approved IPv6, and on which day (YYYY-MM-DD). */
  readonly ipv6?: { readonly approvedBy: string; readonly on: string };
}
