import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Namespace } from './texts.ts'

/** The languages with a folder beside this file, and the way each is read. */
export const languages = [{ code: 'en', name: 'English', direction: 'ltr' }] as const

const files = import.meta.glob<Record<string, unknown>>('./*/*.json', { import: 'default' })

/** Reads the texts of one room when its page is opened; Vite makes each file a chunk of its own. */
const lazyTexts = {
  type: 'backend' as const,
  read(
    language: string,
    namespace: string,
    done: (error: Error | null, texts: Record<string, unknown> | null) => void,
  ) {
    const load = files[`./${language}/${namespace}.json`]
    if (!load) return done(new Error(`No texts for ${language}/${namespace}.`), null)
    load().then(
      (texts) => done(null, texts),
      (error: Error) => done(error, null),
    )
  },
}

export async function startTexts(): Promise<void> {
  await i18next
    .use(lazyTexts)
    .use(initReactI18next)
    .init({
      lng: chosenLanguage(),
      fallbackLng: 'en',
      supportedLngs: languages.map(({ code }) => code),
      ns: ['shell', 'states', 'errors'],
      defaultNS: 'shell',
      interpolation: { escapeValue: false },
      returnNull: false,
    })
  document.documentElement.lang = i18next.language
  document.documentElement.dir = i18next.dir()
}

/** For route loaders: the page is drawn once its texts are there. */
export function loadTexts(...namespaces: Namespace[]): Promise<void> {
  return i18next.loadNamespaces(namespaces)
}

function chosenLanguage(): string {
  const wanted = [localStorage.getItem('parley-language'), ...navigator.languages]
  const known = wanted
    .map((tag) => tag?.split('-')[0])
    .find((code) => languages.some((one) => one.code === code))
  return known ?? 'en'
}
