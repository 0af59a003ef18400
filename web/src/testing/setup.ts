import { setLocale } from '@/lib/format';

setLocale('en-GB');
