/* Tabs whose choice lives in the address (?tab=files), so that a link can point at one. */
import { type ReactNode, useId } from 'react';
import { useSearchParams } from 'react-router';
import './tabs.css';

export interface TabItem {
  key: string;
  label: ReactNode;
  count?: number | undefined;
  children: ReactNode;
}

export function Tabs(props: { items: TabItem[]; label: string; param?: string }) {
  const param = props.param ?? 'tab';
  const id = useId();
  const [params, setParams] = useSearchParams();
  const wanted = params.get(param);
  const current = props.items.find((item) => item.key === wanted) ?? props.items[0];
  if (!current) return null;
  const choose = (key: string) => {
    const next = new URLSearchParams(params);
    if (key === props.items[0]?.key) next.delete(param);
    else next.set(param, key);
    setParams(next, { replace: true, preventScrollReset: true });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!step) return;
    const at = props.items.indexOf(current);
    const next = props.items[(at + step + props.items.length) % props.items.length];
    if (!next) return;
    choose(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={props.label} className="tabs no-print" onKeyDown={onKeyDown}>
        {props.items.map((item) => (
          <button
            key={item.key}
            id={`${id}-${item.key}`}
            type="button"
            role="tab"
            aria-selected={item === current}
            aria-controls={item === current ? `${id}-panel` : undefined}
            tabIndex={item === current ? 0 : -1}
            onClick={() => choose(item.key)}
          >
            {item.label}
            {item.count ? <em>{item.count}</em> : null}
          </button>
        ))}
      </div>
      <div
        id={`${id}-panel`}
        role="tabpanel"
        aria-labelledby={`${id}-${current.key}`}
        className="tab-panel"
      >
        {current.children}
      </div>
    </>
  );
}
