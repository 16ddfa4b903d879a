import i18next from 'i18next'

/** The page's language with the reader's region: English text for a Briton still shows 14:05, not 2:05 PM. */
export function locale(): string {
  return chooseLocale(navigator.languages, i18next.language)
}

/** The first tag of the reader that is of this language and that formatters take, else the language itself. */
export function chooseLocale(tags: readonly string[], language: string): string {
  return tags.find((tag) => tag.split('-')[0] === language && isKnown(tag)) ?? language
}

// Some systems hand the browser tags that no formatter takes, such as "en-US@posix": it would throw on each use.
function isKnown(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0
  } catch {
    return false
  }
}
