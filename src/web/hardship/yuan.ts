/** 3,000 or 3,000.50. */
export const yuan = (amount: number): string =>
  amount.toLocaleString('zh-CN', Number.isInteger(amount) ? {} : { minimumFractionDigits: 2 })
