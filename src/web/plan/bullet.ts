/** Where the parts of a bullet bar stand, in per cent of its length; the bar ends at the larger of value and target. */
export function bulletOf(
  value: number,
  target: number,
  elapsed: number,
): { value: number; target: number; time: number } {
  const whole = Math.max(value, target, 1)
  const at = (n: number): number => Math.round((Math.max(0, n) / whole) * 1000) / 10
  return { value: at(value), target: at(target), time: at(target * elapsed) }
}

/** Whole per cent; what is not there yet is never rounded up to 100%. */
export function percentOf(value: number, target: number): number {
  const exact = (value / target) * 100
  return exact < 100 ? Math.min(99, Math.round(exact)) : Math.floor(exact)
}

/** How much of what should be there by now is there; what is not told comes last. */
export const behindOf = (
  value: number | null,
  { target, elapsed }: { target: number; elapsed: number },
): number => (value === null ? Number.POSITIVE_INFINITY : value / Math.max(1, target * elapsed))
