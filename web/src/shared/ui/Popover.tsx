/* A small floating layer under its button: menus of the shell, filters of lists. Closes on Esc, outside click and
 * focus leaving; returns the focus to its button. */
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';

export function Popover(props: {
  label: string;
  /* The button has a text of its own, so the label names the layer only. */
  named?: boolean;
  button: ReactNode;
  className?: string;
  align?: 'start' | 'end';
  width?: number;
  role?: 'menu' | 'dialog';
  onOpen?: () => void;
  children: ReactNode | ((close: () => void) => ReactNode);
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const role = props.role ?? 'menu';
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  useEffect(() => {
    if (!open) return;
    const first = root.current?.querySelector<HTMLElement>(
      '.popover button, .popover a, .popover input',
    );
    first?.focus({ preventScroll: true });
    const outside = (event: PointerEvent) => {
      const target = event.target as Element;
      if (!root.current?.contains(target) && !target.closest('.ant-select-dropdown'))
        setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const onKeyDown = (event: React.KeyboardEvent) => {
    if (!open) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
      return;
    }
    if (role !== 'menu' || (event.key !== 'ArrowDown' && event.key !== 'ArrowUp')) return;
    const items = [...(root.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    items[(at + step + items.length) % items.length]?.focus();
    event.preventDefault();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys bubble up here from the button and the items
    <div
      ref={root}
      className="popover-root"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const to = event.relatedTarget as Element | null;
        if (open && to && !root.current?.contains(to) && !to.closest('.ant-select-dropdown')) {
          setOpen(false);
        }
      }}
    >
      <button
        ref={button}
        type="button"
        className={props.className ?? 'icon-btn'}
        aria-label={props.named ? undefined : props.label}
        title={props.label}
        aria-haspopup={role}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => {
          if (!open) props.onOpen?.();
          setOpen(!open);
        }}
      >
        {props.button}
      </button>
      {open && (
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles may be labelled
        <div
          id={id}
          role={role}
          aria-label={props.label}
          className={`popover popover-${props.align ?? 'end'}`}
          style={props.width ? { width: props.width } : undefined}
        >
          {typeof props.children === 'function' ? props.children(close) : props.children}
        </div>
      )}
    </div>
  );
}

export function MenuItem(props: {
  icon?: ReactNode;
  checked?: boolean;
  danger?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: aria-checked goes with the checkbox role only
    <button
      type="button"
      role={props.checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
      aria-checked={props.checked}
      className={`menu-item${props.danger ? ' ink-red' : ''}`}
      onClick={props.onClick}
    >
      {props.icon && <span className="menu-icon">{props.icon}</span>}
      <span className="grow">{props.children}</span>
      {props.checked && <span aria-hidden="true">✓</span>}
    </button>
  );
}
