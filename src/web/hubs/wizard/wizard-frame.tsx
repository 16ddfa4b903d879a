import { Button } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNote } from '../../platform/page/error-state.tsx'
import { FormFoot } from '../../platform/page/section.tsx'
import { type Step, steps } from './steps.ts'
import classes from './wizard-frame.module.css'

interface StepsProps {
  step: Step
  /** Up to which step everything before is complete. */
  reached: Step
  /** Steps are links once there is a list. */
  list?: { hubId: string; listId: string }
}

/** Where one is: what is behind can be gone back to, what lies ahead is named. */
export function Steps({ step, reached, list }: StepsProps) {
  const { t } = useTranslation('hubs')
  return (
    <nav aria-label={t('wizard.steps')}>
      <ol className={classes.steps}>
        {steps.map((one, index) => {
          const isHere = one === step
          const isBehind = index < steps.indexOf(step)
          const isOpen = list !== undefined && index <= steps.indexOf(reached)
          const content = (
            <>
              <span className={classes.mark} aria-hidden>
                {isBehind ? <IconCheck size={14} stroke={2.6} /> : index + 1}
              </span>
              <span className={classes.stepName}>{t(`wizard.step.${one}`)}</span>
            </>
          )
          return (
            <li
              key={one}
              className={classes.step}
              data-here={isHere || undefined}
              data-behind={isBehind || undefined}
            >
              {isOpen && !isHere ? (
                <Link
                  from="/w/$workspace"
                  to="/w/$workspace/hubs/$hubId/lists/$listId/prepare"
                  params={list}
                  search={{ step: one }}
                  className={classes.stepLink}
                >
                  {content}
                </Link>
              ) : (
                <span className={classes.stepLink} aria-current={isHere ? 'step' : undefined}>
                  {content}
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

interface WizardFootProps {
  onBack?: () => void
  onContinue: () => void
  isPending?: boolean
  error?: Error | null
  /** What is missing, beside the button. */
  hint?: ReactNode
  /** Instead of "Continue". */
  label?: string
  isDisabled?: boolean
}

export function WizardFoot({
  onBack,
  onContinue,
  isPending = false,
  error,
  hint,
  label,
  isDisabled = false,
}: WizardFootProps) {
  const { t } = useTranslation('hubs')
  return (
    <>
      {error && <ErrorNote error={error} />}
      <FormFoot>
        {onBack && (
          <Button variant="default" leftSection={<IconArrowLeft size={16} />} onClick={onBack} mr="auto">
            {t('wizard.back')}
          </Button>
        )}
        {hint && <span className={classes.hint}>{hint}</span>}
        <Button
          rightSection={label ? undefined : <IconArrowRight size={16} />}
          loading={isPending}
          disabled={isDisabled}
          onClick={onContinue}
        >
          {label ?? t('wizard.continue')}
        </Button>
      </FormFoot>
    </>
  )
}
