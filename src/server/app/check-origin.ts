export interface RequestOrigin {
  method: string
  /** `Sec-Fetch-Site`: browsers send it and pages can't change it. */
  fetchSite: string | undefined
  origin: string | undefined
  host: string | undefined
  publicUrl: string
}

const safeMethods = ['GET', 'HEAD', 'OPTIONS']

/**
 * Whether a request that a cookie may vouch for comes from our own pages. Browsers always send one of the two headers
 * with a request from elsewhere; a program that sends neither has no cookie jar to abuse.
 */
export function isFromHere(request: RequestOrigin): boolean {
  return safeMethods.includes(request.method) || isSameOrigin(request)
}

/** The same for a request that only reads, such as a stream opened by a script. */
export function isSameOrigin({ fetchSite, origin, host, publicUrl }: Omit<RequestOrigin, 'method'>): boolean {
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none'
  if (origin === undefined) return true
  return URL.canParse(origin) && (origin === new URL(publicUrl).origin || new URL(origin).host === host)
}
