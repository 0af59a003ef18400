import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { PageError } from './PageError';

const page = (load: () => Promise<{ default: ComponentType }>) => async () => ({ Component: (await load()).default });
const nothing = () => null;

export const router = createBrowserRouter([
  {
    path: '/login',
    HydrateFallback: nothing,
    ErrorBoundary: PageError,
    lazy: page(() => import('@/features/auth/LoginPage')),
  },
  {
    path: '/signup',
    HydrateFallback: nothing,
    ErrorBoundary: PageError,
    lazy: page(() => import('@/features/auth/SignUpPage')),
  },
  {
    path: '/',
    lazy: page(() => import('./Frame')),
    HydrateFallback: nothing,
    ErrorBoundary: PageError,
    children: [
      {
        ErrorBoundary: PageError,
        children: [
          { index: true, lazy: page(() => import('@/features/home/HomePage')) },
          { path: 'files', lazy: page(() => import('@/features/files/FilesPage')) },
          { path: 'sources/:id', lazy: page(() => import('@/features/source/SourcePage')) },
          { path: 'conversation/:id?', lazy: page(() => import('@/features/conversation/ConversationPage')) },
          { path: 'query-builder', lazy: page(() => import('@/features/query/QueryPage')) },
          { path: 'dashboard/integration-status', lazy: page(() => import('@/features/status/IntegrationPage')) },
          { path: 'dashboard/system-health', lazy: page(() => import('@/features/status/HealthPage')) },
          { path: 'taught', lazy: page(() => import('@/features/taught/TaughtPage')) },
          { path: 'account', lazy: page(() => import('@/features/account/AccountPage')) },
          { path: '*', lazy: page(() => import('./NotFound')) },
        ],
      },
    ],
  },
]);
