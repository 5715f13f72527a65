/** Marks in a drawing what is not told: filled with `url(#id)`. */
export const Hatch = ({ id }: { id: string }) => (
  <defs>
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="6" height="6" fill="#f0f0f0" />
      <rect width="2" height="6" fill="#bfbfbf" />
    </pattern>
  </defs>
)
