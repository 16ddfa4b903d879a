/** What a cookie of a session needs to be called and how it is set. */
export interface SessionCookie {
  name: string
  attributes: { path: '/'; httpOnly: true; sameSite: 'lax'; secure: boolean; maxAge: number }
}

export const sessionDaysMax = 14

/**
 * Browsers accept the `__Host-` prefix over https only, and it keeps subdomains from setting the cookie;
 * on plain http (a laptop) the cookie goes without it.
 */
export function sessionCookie(publicUrl: string): SessionCookie {
  const isSecure = publicUrl.startsWith('https:')
  return {
    name: isSecure ? '__Host-parley' : 'parley',
    attributes: {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecure,
      maxAge: sessionDaysMax * 86_400,
    },
  }
}
