/** AWS Price List Bulk API; its files are the same in every region that has it. */
export const PRICE_LIST = "https://pricing.us-east-1.amazonaws.com";
