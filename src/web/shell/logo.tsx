/** A kapok flower (木棉), five petals, drawn in the current text colour. */
export function Logo({ size = 26 }: { size?: number }) {
  const petal =
    'M16 15.4c-3.6-2.1-4.7-6.8-2.3-10.9 1 .8 1.6 1 2.300 1s1.300-.2 2.300-1c2.400 4.100 1.300 8.800-2.300 10.900z'
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" fill="currentColor">
      {[0, 72, 144, 216, 288].map((angle) => (
        <path key={angle} d={petal} transform={`rotate(${angle} 16 16.5)`} />
      ))}
    </svg>
  )
}
