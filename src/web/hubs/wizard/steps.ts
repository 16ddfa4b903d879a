export const steps = ['source', 'match', 'template', 'when', 'check'] as const
export type Step = (typeof steps)[number]

/** The step as it stands in the address; the match, where an uploaded list begins, when it isn't understood. */
export function readStep(value: unknown): Step {
  return steps.find((step) => step === value) ?? 'match'
}
