/** Something about a figure, or a heading, that a reader should look at; `at` = index of the figure, or null. */
export interface Note {
  at: number | null
  paragraph: number
  text: string
}
