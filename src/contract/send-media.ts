import { z } from 'zod'

const source = {
  id: z.string().min(1).max(200).optional(),
  link: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
}
const caption = z.string().max(1024).optional()
const filename = z.string().min(1).max(240).optional()

function hasOneSource(file: { id?: string | undefined; link?: string | undefined }): boolean {
  return (file.id === undefined) !== (file.link === undefined)
}
const needsOneSource = { message: 'Give either id or link.', path: ['link'] }

/** A file by the id of an upload, or by a public link that the provider fetches. */
export const plainFile = z.strictObject(source).refine(hasOneSource, needsOneSource)
export const captionedFile = z.strictObject({ ...source, caption }).refine(hasOneSource, needsOneSource)
export const voiceFile = z
  .strictObject({ ...source, voice: z.boolean().optional() })
  .refine(hasOneSource, needsOneSource)
export const documentFile = z
  .strictObject({ ...source, caption, filename })
  .refine(hasOneSource, needsOneSource)
export const headerDocument = z.strictObject({ ...source, filename }).refine(hasOneSource, needsOneSource)
