import { bounds, boundWords, type Bounded } from '#kit/bounds.ts'

/** Says below a list that it ends here for its length; nothing while it is shorter. */
export const CutNote = ({ list, count = 0 }: { list: Bounded; count?: number | undefined }) =>
  count < bounds[list].most ? null : <p className="page-sub">{boundWords(list)}</p>
