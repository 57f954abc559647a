/* Writing down what was said: way, words, result, grade, when to call again. One press saves; Ctrl+Enter too. */
import { useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useId, useRef, useState } from 'react';
import { ApiError, api, newKey } from '@/shared/api/client';
import { refreshAll } from '@/shared/api/hooks';
import { MOD } from '@/shared/hotkeys';
import { useLabel, useT } from '@/shared/i18n';
import { fieldOf, type Option, type Row } from '@/shared/meta/types';
import { useEntity, useMay, useMe } from '@/shared/session';
import { Kbd } from '@/shared/ui';
import { DayPicker } from '@/shared/ui/DayPicker';
import { useText } from './text';
import { complaint } from './useMove';

export function dayAfter(day: string, n: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + n * 86_400_000).toISOString().slice(0, 10);
}

/* Monday of next week. */
export function nextMonday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  return dayAfter(day, 8 - weekday);
}

function Chips(props: {
  label: string;
  options: Option[];
  value: string | null;
  onChange: (value: string | null) => void;
  clearable?: boolean;
}) {
  const label = useLabel();
  const name = useId();
  return (
    <fieldset className="chip-set">
      <legend>{props.label}</legend>
      {props.options.map((one) => (
        <label key={one.value} className={props.value === one.value ? 'on' : undefined}>
          <input
            type="radio"
            name={name}
            checked={props.value === one.value}
            onChange={() => props.onChange(one.value)}
            onClick={() => props.clearable && props.value === one.value && props.onChange(null)}
          />
          {label(one.label)}
        </label>
      ))}
    </fieldset>
  );
}

const CLOSED = ['lost', 'dormant', 'signed'];

export function Composer({ lead }: { lead: Row }) {
  const t = useText();
  const base = useT();
  const me = useMe();
  const may = useMay();
  const meta = useEntity('follow_up');
  const client = useQueryClient();
  const { message } = App.useApp();
  const [way, setWay] = useState<string | null>('phone');
  const [content, setContent] = useState('');
  const [result, setResult] = useState<string | null>(null);
  const [grade, setGrade] = useState<string | null>(null);
  const [nextOn, setNextOn] = useState<string | null>(dayAfter(me.today, 3));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const key = useRef(newKey());
  const area = useId();
  if (!meta || !may('follow_up.create')) return null;
  if (CLOSED.includes(String(lead.stage))) {
    return lead.stage === 'signed' ? null : <p className="composer-closed">{t('closed')}</p>;
  }
  const options = (name: string) => fieldOf(meta, name)?.options ?? [];
  const quick: [string, string | null][] = [
    [t('tomorrow'), dayAfter(me.today, 1)],
    [t('in3'), dayAfter(me.today, 3)],
    [t('nextWeek'), nextMonday(me.today)],
    [t('noNext'), null],
  ];
  const save = async () => {
    if (!content.trim()) {
      setError(t('needContent'));
      document.getElementById(area)?.focus();
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      const body = { way, content: content.trim(), result, grade, next_on: nextOn };
      await api.post(`/api/lead/${lead.id}/follow_up`, body, { key: key.current });
      key.current = newKey();
      setContent('');
      setResult(null);
      setGrade(null);
      message.success(t('saved'));
      await refreshAll(client);
    } catch (problem) {
      // An answer ends the attempt; silence does not: the same press may be sent again.
      if (problem instanceof ApiError && problem.status > 0) key.current = newKey();
      setError(complaint(problem, base('state.network')));
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="composer" aria-label={t('followUp')}>
      <Chips label={t('way')} options={options('way')} value={way} onChange={setWay} />
      <div>
        <label className="sr" htmlFor={area}>
          {t('content')}
        </label>
        <Input.TextArea
          id={area}
          autoSize={{ minRows: 2, maxRows: 8 }}
          maxLength={1000}
          placeholder={t('content')}
          value={content}
          status={error ? 'error' : ''}
          onChange={(event) => {
            setContent(event.target.value);
            setError(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save();
          }}
        />
        {error && (
          <p className="ink-red" role="alert">
            {error}
          </p>
        )}
      </div>
      <Chips
        label={t('result')}
        options={options('result')}
        value={result}
        onChange={setResult}
        clearable
      />
      <Chips
        label={t('gradeAfter')}
        options={options('grade')}
        value={grade}
        onChange={setGrade}
        clearable
      />
      <div className="composer-foot">
        <fieldset className="chip-set">
          <legend>{t('nextOn')}</legend>
          {quick.map(([text, day]) => (
            <label key={text} className={nextOn === day ? 'on' : undefined}>
              <input
                type="radio"
                name={`${area}-next`}
                checked={nextOn === day}
                onChange={() => setNextOn(day)}
              />
              {text}
            </label>
          ))}
          <DayPicker
            aria-label={t('otherDay')}
            min={me.today}
            value={nextOn}
            onChange={setNextOn}
          />
        </fieldset>
        <Button type="primary" loading={busy} onClick={save}>
          {t('save')}
          <Kbd>{MOD}↵</Kbd>
        </Button>
      </div>
    </section>
  );
}
