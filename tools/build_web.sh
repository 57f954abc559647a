#!/usr/bin/env bash
# Builds the web pages into web/dist when a source is newer than the last build.
set -eu
cd "$(dirname "$0")/../web"
if [ -e dist/index.html ] && [ -z "$(find src public index.html package-lock.json vite.config.ts -newer dist/index.html -print -quit)" ]; then
    exit 0
fi
npm run --silent build >/tmp/lanting-web-build.$$ 2>&1 || { cat /tmp/lanting-web-build.$$; rm -f /tmp/lanting-web-build.$$; exit 1; }
rm -f /tmp/lanting-web-build.$$
touch dist/index.html
