/** Texts that were written part by part before there was one document; they flow into its first draft. */
export const startParts = ['lead', 'problems', 'planGoal', 'planTasks', 'closing'] as const
export type StartPart = (typeof startParts)[number]
export type StartTexts = Readonly<Partial<Record<StartPart, string>>>
