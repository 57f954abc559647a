/* The way to a signature: done, current, to come; what is missing for the next stage. */
import { CheckOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { api } from '@/shared/api/client';
import { chinaDay } from '@/shared/format';
import { useLabel } from '@/shared/i18n';
import type { Row } from '@/shared/meta/types';
import { useText } from './text';
import type { Steps } from './types';

export function StageSteps({ lead, onFill }: { lead: Row; onFill: (() => void) | undefined }) {
  const t = useText();
  const label = useLabel();
  const list = useRef<HTMLOListElement>(null);
  const { data } = useQuery({
    queryKey: ['steps', lead.id, lead.version],
    queryFn: () => api.get<Steps>(`/api/lead/${lead.id}/steps`),
    placeholderData: (before) => before,
  });
  const stage = data?.stage;
  useEffect(() => {
    const here = stage && list.current?.querySelector<HTMLElement>('[aria-current]');
    if (here && list.current) list.current.scrollLeft = here.offsetLeft - 40;
  }, [stage]);
  if (!data) return <div className="card steps-card skel" aria-hidden="true" />;
  return (
    <section className="card steps-card" aria-label={t('steps')}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <ol ref={list} className="stage-steps" tabIndex={0} aria-label={t('steps')}>
        {data.steps.map((step, i) => (
          <li
            key={step.stage}
            className={step.current ? 'current' : step.done ? 'done' : ''}
            aria-current={step.current ? 'step' : undefined}
          >
            <span className="mark">{step.done ? <CheckOutlined /> : i + 1}</span>
            <span className="words">
              {label(step.label)}
              {step.done && <span className="sr">{t('done')}</span>}
              <small>
                {step.current
                  ? t('stepDays', { n: step.days })
                  : step.at && step.done
                    ? chinaDay(step.at).slice(5)
                    : ''}
              </small>
            </span>
          </li>
        ))}
      </ol>
      {data.missing.length > 0 && (
        <div className="missing">
          <ExclamationCircleOutlined />
          <span className="grow">
            {t('missing')}
            {'：'}
            {data.missing.map((one) => label(one.label)).join('；')}
          </span>
          {onFill && (
            <Button size="small" onClick={onFill}>
              {t('fill')}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
