import i18next from 'i18next'

/** `es_AR` → "Spanish (Argentina)" in the reader's language; an unknown code stays. */
export function languageName(code: string): string {
  try {
    return (
      new Intl.DisplayNames([i18next.language], { type: 'language', languageDisplay: 'standard' }).of(
        code.replace('_', '-'),
      ) ?? code
    )
  } catch {
    return code
  }
}
