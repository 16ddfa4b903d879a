import i18next from 'i18next'

/** The page's language with the reader's region: English text for a Briton still shows 14:05, not 2:05 PM. */
export function locale(): string {
  return navigator.languages.find((tag) => isOfPage(tag)) ?? i18next.language
}

// Some systems hand the browser tags that no formatter takes, such as "en-US@posix".
function isOfPage(tag: string): boolean {
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) && tag.split('-')[0] === i18next.language
}
