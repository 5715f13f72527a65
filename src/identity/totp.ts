/** Seconds of one step of a TOTP (RFC 6238). */
export const stepSeconds = 30
/** Steps before and after the clock's that are taken: phones are seldom exact. */
export const stepWindow = 1
export const recoveryCount = 10

/** As typed: spaces and hyphens do not matter, and what looks alike is alike (Crockford). */
export const normalCode = (code: string): string =>
  code.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')

export const isTotp = (code: string): boolean => /^\d{6}$/.test(code)
export const isRecovery = (code: string): boolean => /^[0-9A-HJKMNP-TV-Z]{10}$/.test(code)

/** `ABCDE12345` → `ABCDE-12345` */
export const spacedCode = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`
