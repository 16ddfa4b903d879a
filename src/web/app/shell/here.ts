import { useLocation } from '@tanstack/react-router'
import type { NavigationItem, NavigationPage } from './navigation.ts'

/** The path inside the workspace: `/hubs/lists`. */
export function usePath(): string {
  return useLocation({ select: ({ pathname }) => `/${pathname.split('/').slice(3).join('/')}` })
}

export function isIn(path: string, { to }: Pick<NavigationItem, 'to'>): boolean {
  return isWithin(path, `/${to.split('/')[3] ?? ''}`)
}

/** The page that a path belongs to: the one with the longest address that it begins with. */
export function pageAt(path: string, pages: readonly NavigationPage[]): NavigationPage | undefined {
  return pages
    .filter(({ to }) => isWithin(path, addressOf(to)))
    .toSorted((a, b) => b.to.length - a.to.length)[0]
}

/** Whether it is one of the pages themselves, and not what one of them leads to. */
export function isPage(path: string, pages: readonly NavigationPage[]): boolean {
  return pages.some(({ to }) => addressOf(to) === path)
}

function addressOf(to: NavigationPage['to']): string {
  return `/${to.split('/').slice(3).join('/')}`
}

function isWithin(path: string, address: string): boolean {
  return path === address || path.startsWith(`${address}/`)
}
