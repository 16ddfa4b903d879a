/** Kept beside the state of a message, though nothing failed. */
export const heldCode = 'held_for_quality_assessment'
/** A person knows that it never went. */
export const notSentCode = 'marked_not_sent'
