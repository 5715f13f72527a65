/** A guardian is stored as one value of two lines. */
export const guardianText = (name: string | null, phone: string | null): string | null =>
  name === null ? null : JSON.stringify({ name, phone })

export const guardianOf = (text: string | null | undefined): { name: string; phone: string } | null =>
  text ? (JSON.parse(text) as { name: string; phone: string }) : null
