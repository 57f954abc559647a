/* The menu of a card: one layer for the whole board, so that no column cuts it off. A bottom sheet on phones. */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

export interface MenuChoice {
  key: string;
  label: string;
  danger?: boolean;
  group?: string;
  onPick: () => void;
}

export function CardMenu(props: {
  label: string;
  anchor: HTMLElement;
  choices: MenuChoice[];
  onClose: () => void;
}) {
  const root = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<{ left: number; top: number } | null>(null);
  const { anchor } = props;
  const close = useRef(props.onClose);
  close.current = props.onClose;

  useLayoutEffect(() => {
    const layer = root.current;
    if (!layer) return;
    const box = anchor.getBoundingClientRect();
    const { offsetWidth: w, offsetHeight: h } = layer;
    setAt({
      left: Math.max(8, Math.min(box.right - w, window.innerWidth - w - 8)),
      top: box.bottom + 6 + h > window.innerHeight ? Math.max(8, box.top - h - 6) : box.bottom + 6,
    });
    layer.querySelector<HTMLElement>('[role=menuitem]')?.focus({ preventScroll: true });
  }, [anchor]);
  useEffect(() => {
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) close.current();
    };
    const gone = () => close.current();
    document.addEventListener('pointerdown', outside);
    document.addEventListener('scroll', outside, true);
    window.addEventListener('resize', gone);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('scroll', outside, true);
      window.removeEventListener('resize', gone);
    };
  }, []);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const i = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'ArrowDown') items[(i + 1) % items.length]?.focus();
    else if (event.key === 'ArrowUp') items[(i - 1 + items.length) % items.length]?.focus();
    else if (event.key === 'Home') items[0]?.focus();
    else if (event.key === 'End') items.at(-1)?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') {
      props.onClose();
      anchor.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  let group: string | undefined;
  return (
    <>
      <div className="sheet-scrim" aria-hidden="true" />
      <div
        ref={root}
        role="menu"
        tabIndex={-1}
        aria-label={props.label}
        className="popover board-menu"
        style={at ?? { visibility: 'hidden', left: 0, top: 0 }}
        onKeyDown={onKeyDown}
      >
        {props.choices.map((choice) => {
          const head = choice.group !== group ? choice.group : undefined;
          group = choice.group;
          return (
            <div key={choice.key} role="none">
              {head && (
                <p className="menu-title" role="presentation">
                  {head}
                </p>
              )}
              <button
                type="button"
                role="menuitem"
                className={`menu-item${choice.danger ? ' ink-red' : ''}`}
                onClick={() => {
                  props.onClose();
                  choice.onPick();
                }}
              >
                {choice.label}
              </button>
            </div>
          );
        })}
      </div>
    </>
  );
}
