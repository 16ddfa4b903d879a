import { type Browser, type BrowserContext, chromium, expect, type Page } from '@playwright/test'
import packedChromium from '@sparticuz/chromium'

// Made for a sandbox that runs one page and dies: here several pages live side by side, with the web's own rules.
const flagsOfNoUse = ['--single-process', '--disable-web-security']
/** Another name of this machine, as one in a network has: browsers trust pages of plain http less there. */
export const networkName = 'hub.test'
const flags = [`--host-resolver-rules=MAP ${networkName} 127.0.0.1`]

/** Playwright's `expect`, which asks the page until it is so: it gives a busy machine more than its usual 5 seconds. */
export const expectPage = expect.configure({ timeout: 30_000 })

/** A Chromium that comes with the packages; elsewhere than on Linux, the one that BROWSER_PATH names. */
export async function openBrowser(): Promise<Browser> {
  const path = process.env.BROWSER_PATH
  if (path !== undefined) return chromium.launch({ executablePath: path, args: flags })
  return chromium.launch({
    executablePath: await packedChromium.executablePath(),
    args: [...packedChromium.args.filter((flag) => !flagsOfNoUse.includes(flag)), ...flags],
  })
}

export interface Look {
  width: 1440 | 390
  scheme: 'light' | 'dark'
}

/** A window in which every error of the page is written down. */
export async function openWindow(
  browser: Browser,
  url: string,
  { width, scheme }: Look = { width: 1440, scheme: 'light' },
): Promise<{ context: BrowserContext; page: Page; errors: string[] }> {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-GB',
    colorScheme: scheme,
    reducedMotion: 'reduce',
    viewport: { width, height: width === 390 ? 844 : 900 },
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  return { context, page, errors }
}

/** As the owner that the rig's hub is set up with. */
export async function signIn({ request }: Pick<BrowserContext, 'request'>): Promise<void> {
  const answer = await request.post('/api/v1/session', {
    data: { email: 'olivia@example.com', password: 'a-long-enough-password' },
  })
  if (!answer.ok()) throw new Error(`Signing in failed: ${await answer.text()}`)
}
