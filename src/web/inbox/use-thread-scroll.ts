import { useLayoutEffect, useRef } from 'react'

interface ThreadScroll {
  /** Changes when older messages were put on top. */
  firstKey: string | undefined
  /** Changes when something new stands at the end. */
  lastKey: string | undefined
  /** Called near the top: time to read older messages. */
  onTop: () => void
}

const nearTopPx = 200
const nearEndPx = 80

/**
 * Opens at the end and stays there while new messages come; else the message under the reader's eye stays where it is,
 * whatever is put above it. Not left to the browser: Safari has no scroll anchoring, and Chrome none at the very top.
 */
export function useThreadScroll({ firstKey, lastKey, onTop }: ThreadScroll) {
  const ref = useRef<HTMLDivElement>(null)
  const place = useRef<Place>({ isAtEnd: true, message: null, top: 0, scrollTop: 0 })

  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys say when the content changed
  useLayoutEffect(() => {
    if (ref.current) keepPlace(ref.current, place.current)
  }, [firstKey, lastKey])

  // Pictures and opened details make the thread grow without a new message.
  useLayoutEffect(() => {
    const box = ref.current
    const content = box?.firstElementChild
    if (!box || !content) return
    const observer = new ResizeObserver(() => keepPlace(box, place.current))
    observer.observe(content)
    observer.observe(box)
    return () => observer.disconnect()
  }, [])

  const onScroll = () => {
    const box = ref.current
    if (!box) return
    place.current.isAtEnd = isNearEnd(box)
    notePlace(box, place.current)
    if (box.scrollTop < nearTopPx) onTop()
  }
  return { ref, onScroll }
}

interface Place {
  isAtEnd: boolean
  /** The message at the top of what is seen, and how far below the top it stands. */
  message: Element | null
  top: number
  scrollTop: number
}

function keepPlace(box: HTMLElement, place: Place): void {
  // Scrolled up, which the browser tells only with its next frame: who reads is not pulled back to the end.
  if (place.isAtEnd && box.scrollTop < place.scrollTop && !isNearEnd(box)) return
  if (place.isAtEnd) box.scrollTop = box.scrollHeight
  else if (place.message) box.scrollTop += topOf(box, place.message) - place.top
  notePlace(box, place)
}

function isNearEnd(box: HTMLElement): boolean {
  return box.scrollHeight - box.scrollTop - box.clientHeight < nearEndPx
}

function notePlace(box: HTMLElement, place: Place): void {
  const { left, top, width } = box.getBoundingClientRect()
  const seen = document.elementFromPoint(left + width / 2, top + 24)?.closest('[data-message]')
  place.message = seen ?? place.message
  if (place.message) place.top = topOf(box, place.message)
  place.scrollTop = box.scrollTop
}

function topOf(box: HTMLElement, message: Element): number {
  return message.getBoundingClientRect().top - box.getBoundingClientRect().top
}
