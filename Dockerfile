# The service, the worker and the operator's command line, in one image.

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json ./
COPY apps apps
COPY libs libs
COPY projections projections
COPY test test
RUN npx nest build && node apps/console/build.mjs && rm -r dist/test && find dist -name '*.spec.js*' -delete

FROM node:24.21.0-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
ENV NODE_OPTIONS="--disable-warning=ExperimentalWarning --enable-source-maps"
WORKDIR /app
COPY package.json ./
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY docs/openapi.json docs/asyncapi.json docs/
USER node
EXPOSE 3000
CMD ["node", "dist/apps/api/main.js"]
