import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

configure({ asyncUtilTimeout: 8000 });
afterEach(cleanup);

// What jsdom lacks and antd or our pages ask for.
let phone = false;
export function setPhone(on: boolean): void {
  phone = on;
}
window.matchMedia = (query: string) =>
  ({
    matches: query.includes('767') ? phone : false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
    onchange: null,
  }) as MediaQueryList;

class Watcher {
  observe() {}
  unobserve() {}
  disconnect() {}
  takeRecords() {
    return [];
  }
}
Object.assign(globalThis, { ResizeObserver: Watcher, IntersectionObserver: Watcher });
window.scrollTo = () => undefined;
Element.prototype.scrollIntoView = () => undefined;
// antd measures scrollbars with pseudo-elements, which jsdom reports as not implemented.
const realStyle = window.getComputedStyle.bind(window);
window.getComputedStyle = (element) => realStyle(element);
