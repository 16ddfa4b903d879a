import type { MantineColorsTuple } from '@mantine/core'

/** The colour of what can be done: buttons, links, the chosen row. Not a state: those are in state-badge.module.css. */
export const leaf: MantineColorsTuple = [
  '#eaf8f1',
  '#d5f0e3',
  '#ace3cb',
  '#7fd4b0',
  '#4fc092',
  '#2aa878',
  '#179065',
  '#0e7d57',
  '#0a6e4b',
  '#07573b',
]

/** Neutral with a trace of green, so that grey stands calmly beside the leaf. */
export const gray: MantineColorsTuple = [
  '#f7f9f8',
  '#f0f3f2',
  '#e6eae8',
  '#d6dcd9',
  '#bcc5c1',
  '#98a39e',
  '#68746f',
  '#525d58',
  '#37403c',
  '#1f2724',
]

export const dark: MantineColorsTuple = [
  '#d5dbd8',
  '#a9b3ae',
  '#8b9691',
  '#5d6762',
  '#3b4440',
  '#2d3531',
  '#222926',
  '#181d1b',
  '#131715',
  '#0e1110',
]
