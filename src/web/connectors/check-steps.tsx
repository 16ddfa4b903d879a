import { Collapse, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ConnectorCheck } from '../../contract/index.ts'
import { TimeText } from '../platform/format/time-text.tsx'
import { stateLooks } from '../platform/state/state-looks.ts'
import classes from './connector-card.module.css'

/** The verdict in a sentence; below it each step, with how to mend the one that fails. Open by itself when something is wrong. */
export function CheckSteps({ check, at }: { check: ConnectorCheck; at: string | null }) {
  const { t } = useTranslation('connectors')
  const [isOpen, { toggle }] = useDisclosure(check.verdict !== 'healthy')
  const { tone, icon: Icon } = stateLooks[check.verdict]
  const failing = check.steps.filter((step) => !step.ok).length
  return (
    <div className={classes.check}>
      <UnstyledButton className={classes.verdict} data-tone={tone} onClick={toggle} aria-expanded={isOpen}>
        <Icon size={17} aria-hidden />
        {t(`check.${check.verdict}`, { count: failing })}
        {at && (
          <span className={classes.verdictTime}>
            <TimeText at={at} look="relative" />
          </span>
        )}
        <IconChevronDown size={16} aria-hidden style={{ rotate: isOpen ? '180deg' : 'none' }} />
      </UnstyledButton>
      <Collapse expanded={isOpen}>
        <ul className={classes.checkSteps}>
          {check.steps.map((step) => (
            <li key={step.name} className={classes.checkStep} data-tone={step.ok ? 'teal' : 'red'}>
              {step.ok ? (
                <IconCircleCheck size={19} aria-label={t('check.ok')} />
              ) : (
                <IconCircleX size={19} aria-label={t('check.fails')} />
              )}
              <div>
                <Text>{step.message}</Text>
                {step.hint && (
                  <Text size="sm" c="dimmed">
                    {step.hint}
                  </Text>
                )}
              </div>
            </li>
          ))}
        </ul>
      </Collapse>
    </div>
  )
}
